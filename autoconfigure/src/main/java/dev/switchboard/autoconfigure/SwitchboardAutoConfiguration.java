package dev.switchboard.autoconfigure;

import java.time.InstantSource;
import java.util.function.Supplier;

import dev.switchboard.ChatRoutes;
import dev.switchboard.budget.BudgetListener;
import dev.switchboard.budget.BudgetReport;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.cache.SecondLevel;
import dev.switchboard.call.CallListener;
import dev.switchboard.call.Caller;
import dev.switchboard.catalog.CatalogLoader;
import dev.switchboard.change.InMemorySettingStore;
import dev.switchboard.change.SettingStore;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.limit.InMemoryLimitStore;
import dev.switchboard.limit.LimitStore;
import dev.switchboard.observation.AttemptObservationConvention;
import dev.switchboard.observation.AttemptObservations;
import dev.switchboard.observation.CallLog;
import dev.switchboard.observation.CallMetrics;
import dev.switchboard.observation.KnownModels;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.rules.RuleEvaluator;
import dev.switchboard.thread.CallThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationConvention;
import org.springframework.ai.chat.client.observation.ChatClientObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the routes under {@code switchboard}.
 */
@AutoConfiguration(after = ChatClientAutoConfiguration.class,
		afterName = {
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "switchboard.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SwitchboardProperties.class)
@Import(RouteClientRegistrar.class)
public final class SwitchboardAutoConfiguration {

	@Bean
	static Problems switchboardProblems() {
		return new Problems();
	}

	@Bean
	static BindingProblems switchboardBindingProblems(Problems problems) {
		return new BindingProblems(problems);
	}

	@Bean
	@ConfigurationPropertiesBinding
	static TargetConverter switchboardTargetConverter() {
		return new TargetConverter();
	}

	@Bean
	@ConfigurationPropertiesBinding
	static SecretConverter switchboardSecretConverter() {
		return new SecretConverter();
	}

	@Bean
	@ConditionalOnMissingBean
	ModelCatalog switchboardModelCatalog(SwitchboardProperties properties, Problems problems) {
		return new CatalogMapper(CatalogLoader.load(), problems).map(properties.catalog().models());
	}

	@Bean
	MappedProviders switchboardProviders(SwitchboardProperties properties, ListableBeanFactory beans,
			Environment environment, Problems problems) {
		return new ProviderMapper(properties, Surroundings.of(beans, environment), problems).map();
	}

	@Bean
	@ConditionalOnMissingBean
	CallThreads switchboardCallThreads(Environment environment) {
		return Threading.VIRTUAL.isActive(environment) ? CallThreads.VIRTUAL : CallThreads.PLATFORM;
	}

	@Bean
	@ConditionalOnMissingBean
	TargetClients switchboardTargetClients(MappedProviders providers, ModelCatalog catalog, CallThreads threads,
			ListableBeanFactory beans, ObjectProvider<ObservationRegistry> observations,
			ObjectProvider<ChatModelObservationConvention> convention, ObjectProvider<MeterRegistry> meters) {
		return new ProviderConnections(beans, observations, convention, meters).open(providers, catalog, threads);
	}

	@Bean
	@ConditionalOnMissingBean
	RuleEvaluator switchboardRuleEvaluator() {
		return new RuleEvaluator();
	}

	@Bean
	RouteChecks switchboardRouteChecks(MappedProviders providers, TargetClients clients, ModelCatalog catalog,
			RuleEvaluator rules) {
		return new RouteChecks(providers, clients, catalog, rules);
	}

	@Bean
	RoutingPlan switchboardRoutingPlan(SwitchboardProperties properties, RouteChecks checks, ListableBeanFactory beans,
			Environment environment, Problems problems) {
		return new RoutingPlanMapper(checks, new ConfigurationInspection(beans, environment), problems).map(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	ResponseCache switchboardResponseCache(SwitchboardProperties properties, CallThreads threads,
			ObjectProvider<SecondLevel> secondLevel) {
		return ResponseCache.builder()
			.secondLevel(secondLevel.getIfUnique())
			.threads(threads)
			.maximumBytes(properties.cache().maximumSize().toBytes())
			.refreshExecutor(new SimpleAsyncTaskExecutor("switchboard-refresh-"))
			.build();
	}

	@Bean
	@ConditionalOnMissingBean
	BudgetStore switchboardBudgetStore() {
		return new InMemoryBudgetStore(InstantSource.system());
	}

	@Bean
	@ConditionalOnMissingBean
	BudgetReport switchboardBudgetReport(ObjectProvider<RouteEngine> engine, BudgetStore store) {
		return new BudgetReport(() -> engine.getObject().budgets().all(), store);
	}

	@Bean
	@ConditionalOnMissingBean
	LimitStore switchboardLimitStore() {
		return new InMemoryLimitStore(InstantSource.system());
	}

	@Bean
	@ConditionalOnBean(MeterRegistry.class)
	@ConditionalOnMissingBean
	BudgetMetrics switchboardBudgetMetrics(RoutingPlan plan, BudgetStore store, MeterRegistry meters) {
		return new BudgetMetrics(plan.budgets(), store, meters);
	}

	@Bean
	@ConditionalOnMissingBean
	static BudgetedMethods switchboardBudgetedMethods(Environment environment) {
		return new BudgetedMethods(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
	}

	@Bean
	@ConditionalOnMissingBean
	CallLog switchboardCallLog() {
		return new CallLog();
	}

	// The engine is made with those who ask here, and its routes may change.
	@Bean
	@ConditionalOnMissingBean
	KnownModels switchboardKnownModels(ModelCatalog catalog, ObjectProvider<RouteEngine> engine) {
		SingletonSupplier<RouteEngine> made = SingletonSupplier.of(engine::getObject);
		return KnownModels.of(catalog, () -> made.obtain().routes());
	}

	@Bean
	@ConditionalOnBean(MeterRegistry.class)
	@ConditionalOnMissingBean
	CallMetrics switchboardCallMetrics(MeterRegistry meters, KnownModels known) {
		return new CallMetrics(meters, known);
	}

	@Bean
	@ConditionalOnMissingBean
	AttemptObservations switchboardAttemptObservations(ObjectProvider<ObservationRegistry> observations,
			ObjectProvider<AttemptObservationConvention> convention, KnownModels known) {
		return new AttemptObservations(observations.getIfUnique(() -> ObservationRegistry.NOOP),
				convention.getIfUnique(), known);
	}

	@Bean
	@ConditionalOnMissingBean
	RouteEngine switchboardRouteEngine(RoutingPlan plan, TargetClients targets, ModelCatalog catalog,
			RuleEvaluator rules, ResponseCache cache, ObjectProvider<CallListener> listeners,
			AttemptObservations observations, ObjectProvider<Supplier<Caller>> callers, BudgetStore budgetStore,
			ObjectProvider<BudgetListener> budgetListeners, LimitStore limitStore) {
		return RouteEngine.builder(plan.routes(), targets)
			.policies(plan.policies())
			.catalog(catalog)
			.rules(rules)
			.cache(cache)
			.budgets(plan.budgets())
			.budgetStore(budgetStore)
			.budgetListeners(budgetListeners.orderedStream().toList())
			.limits(plan.limits())
			.limitStore(limitStore)
			.listeners(listeners.orderedStream().toList())
			.attemptObservations(observations)
			.callers(callers.getIfUnique(() -> () -> Caller.ANONYMOUS))
			.build();
	}

	@Bean
	@ConditionalOnMissingBean
	SettingStore switchboardSettingStore() {
		return new InMemorySettingStore();
	}

	// Somebody must look, also where beans are made when they are first used.
	@Bean(initMethod = "start")
	@Lazy(false)
	@ConditionalOnMissingBean
	RunTimeSettings switchboardRunTimeSettings(SettingStore store, RouteEngine engine, RoutingPlan plan,
			SwitchboardProperties properties, MappedProviders providers, RouteChecks checks,
			ObjectProvider<BudgetMetrics> metrics) {
		return new RunTimeSettings(store, engine, new SettingMapper(properties, providers),
				new Retargeting(plan, checks), new UnpricedTargets(checks.catalog()),
				(budgets) -> metrics.ifAvailable((available) -> available.measure(budgets)));
	}

	@Bean
	RouteClientFactory switchboardRouteClientFactory(ObjectProvider<ChatClientBuilderConfigurer> configurer,
			ObjectProvider<ObservationRegistry> observations,
			ObjectProvider<ChatClientObservationConvention> clientConvention,
			ObjectProvider<AdvisorObservationConvention> advisorConvention,
			ObjectProvider<ToolCallingAdvisor.Builder<?>> toolCalling, Environment environment) {
		return new RouteClientFactory(configurer, observations, clientConvention, advisorConvention, toolCalling,
				environment);
	}

	@Bean
	@ConditionalOnMissingBean(ChatRoutes.class)
	RouteClients switchboardChatRoutes(RouteEngine engine, RouteClientFactory factory) {
		return new RouteClients(engine, factory);
	}

	@Bean(RouteClientBeans.BEAN_NAME)
	RouteClientBeans switchboardRouteClientBeans(ChatRoutes routes) {
		return new RouteClientBeans(routes);
	}

	@Bean
	StartupLog switchboardStartupLog(RouteEngine engine, MappedProviders providers, Problems problems) {
		return new StartupLog(engine, providers, problems);
	}

	@Bean
	DeprecatedTargets switchboardDeprecatedTargets(SwitchboardProperties properties, MappedProviders providers,
			ModelCatalog catalog) {
		return new DeprecatedTargets(properties, providers, catalog, InstantSource.system());
	}

}
