package dev.switchboard.gateway.autoconfigure;

import java.time.InstantSource;
import java.util.LinkedHashMap;

import dev.switchboard.budget.BudgetReport;
import dev.switchboard.gateway.admin.AdminEndpoints;
import dev.switchboard.gateway.front.PathErrors;
import dev.switchboard.store.autoconfigure.LedgerAutoConfiguration;
import dev.switchboard.store.ledger.LedgerExport;
import dev.switchboard.store.ledger.LedgerReports;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Auto-configuration of the endpoints of those who run the gateway.
 */
@AutoConfiguration(after = { GatewaySecurityAutoConfiguration.class, LedgerAutoConfiguration.class })
@ConditionalOnBean({ GatewaySecurityAutoConfiguration.class, LedgerReports.class, LedgerExport.class })
public final class AdminAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AdminEndpoints switchboardAdminEndpoints(LedgerReports reports, LedgerExport export, BudgetReport budgets) {
		return new AdminEndpoints(reports, export, budgets, new PathErrors()::write, InstantSource.system());
	}

	@Bean
	SimpleUrlHandlerMapping switchboardAdminMapping(AdminEndpoints endpoints) {
		return new SimpleUrlHandlerMapping(new LinkedHashMap<>(endpoints.handlers()), GatewayAutoConfiguration.ORDER);
	}

}
