package dev.switchboard.autoconfigure;

import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.thread.CallThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Gives the providers to those who call them, observed as the models that Spring AI
 * configures itself.
 */
final class ProviderConnections {

	private final BeanFactory beans;

	private final ObjectProvider<ObservationRegistry> observations;

	private final ObjectProvider<ChatModelObservationConvention> convention;

	private final ObjectProvider<MeterRegistry> meters;

	ProviderConnections(BeanFactory beans, ObjectProvider<ObservationRegistry> observations,
			ObjectProvider<ChatModelObservationConvention> convention, ObjectProvider<MeterRegistry> meters) {
		this.beans = beans;
		this.observations = observations;
		this.convention = convention;
		this.meters = meters;
	}

	TargetClients open(MappedProviders providers, ModelCatalog catalog, CallThreads threads) {
		TargetClients.Builder builder = TargetClients.builder()
			.catalog(catalog)
			.threads(threads)
			.observationRegistry(this.observations.getIfUnique(() -> ObservationRegistry.NOOP))
			.observationConvention(this.convention.getIfUnique())
			.meterRegistry(this.meters.getIfUnique());
		providers.settings().values().forEach(builder::provider);
		providers.modelBeans()
			.forEach((provider, bean) -> builder.model(provider, this.beans.getBean(bean, ChatModel.class)));
		return builder.build();
	}

}
