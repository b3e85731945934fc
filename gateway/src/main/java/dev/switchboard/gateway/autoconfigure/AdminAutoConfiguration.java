package dev.switchboard.gateway.autoconfigure;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.stream.Collectors;

import dev.switchboard.autoconfigure.RunTimeSettings;
import dev.switchboard.budget.BudgetReport;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.admin.AdminEndpoints;
import dev.switchboard.gateway.admin.ApiDescription;
import dev.switchboard.gateway.admin.KeyEndpoints;
import dev.switchboard.gateway.admin.SettingEndpoints;
import dev.switchboard.gateway.front.PathErrors;
import dev.switchboard.gateway.key.KeyDesk;
import dev.switchboard.gateway.key.KeyDirectory;
import dev.switchboard.gateway.security.CallerAuthentication;
import dev.switchboard.route.RouteName;
import dev.switchboard.store.autoconfigure.LedgerAutoConfiguration;
import dev.switchboard.store.key.KeyTables;
import dev.switchboard.store.key.KeyWatch;
import dev.switchboard.store.ledger.LedgerExport;
import dev.switchboard.store.ledger.LedgerReports;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Auto-configuration of the endpoints of those who run the gateway.
 */
@AutoConfiguration(after = { GatewaySecurityAutoConfiguration.class, LedgerAutoConfiguration.class })
@ConditionalOnBean(GatewaySecurityAutoConfiguration.class)
public final class AdminAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ApiDescription switchboardApiDescription() {
		return new ApiDescription(new PathErrors()::write);
	}

	@Bean
	SimpleUrlHandlerMapping switchboardApiDescriptionMapping(ApiDescription description) {
		return new SimpleUrlHandlerMapping(new LinkedHashMap<>(description.handlers()), GatewayAutoConfiguration.ORDER);
	}

	@Bean
	@ConditionalOnMissingBean
	SettingEndpoints switchboardSettingEndpoints(RouteEngine engine, BudgetReport budgets, RunTimeSettings settings) {
		return new SettingEndpoints(engine, budgets, settings, CallerAuthentication::accessOf, new PathErrors()::write);
	}

	@Bean
	SimpleUrlHandlerMapping switchboardSettingMapping(SettingEndpoints endpoints) {
		return new SimpleUrlHandlerMapping(new LinkedHashMap<>(endpoints.handlers()), GatewayAutoConfiguration.ORDER);
	}

	/** Reports, where there is a ledger. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean({ LedgerReports.class, LedgerExport.class })
	static class ReportConfiguration {

		@Bean
		@ConditionalOnMissingBean
		AdminEndpoints switchboardAdminEndpoints(LedgerReports reports, LedgerExport export) {
			return new AdminEndpoints(reports, export, new PathErrors()::write, InstantSource.system());
		}

		@Bean
		SimpleUrlHandlerMapping switchboardAdminMapping(AdminEndpoints endpoints) {
			return new SimpleUrlHandlerMapping(new LinkedHashMap<>(endpoints.handlers()),
					GatewayAutoConfiguration.ORDER);
		}

	}

	/** Keys, where those of the database count. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean({ KeyDirectory.class, KeyTables.class, KeyWatch.class })
	static class KeyConfiguration {

		@Bean
		@ConditionalOnMissingBean
		KeyDesk switchboardKeyDesk(KeyTables tables, KeyWatch watch, KeyDirectory directory, RouteEngine engine) {
			return new KeyDesk(tables, watch, directory.configured(), () -> names(engine), InstantSource.system());
		}

		@Bean
		@ConditionalOnMissingBean
		KeyEndpoints switchboardKeyEndpoints(KeyDesk desk) {
			return new KeyEndpoints(desk, CallerAuthentication::accessOf, new PathErrors()::write);
		}

		@Bean
		SimpleUrlHandlerMapping switchboardKeyMapping(KeyEndpoints endpoints) {
			return new SimpleUrlHandlerMapping(new LinkedHashMap<>(endpoints.handlers()),
					GatewayAutoConfiguration.ORDER);
		}

		private static Set<String> names(RouteEngine engine) {
			return engine.routes().names().stream().map(RouteName::value).collect(Collectors.toSet());
		}

	}

}
