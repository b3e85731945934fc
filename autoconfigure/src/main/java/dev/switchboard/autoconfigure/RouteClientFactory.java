package dev.switchboard.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationConvention;
import org.springframework.ai.chat.client.observation.ChatClientObservationConvention;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * Makes a client as Spring AI's auto-configured builder would, over another model.
 */
final class RouteClientFactory {

	private final ObjectProvider<ChatClientBuilderConfigurer> configurer;

	private final ObjectProvider<ObservationRegistry> observations;

	private final ObjectProvider<ChatClientObservationConvention> clientConvention;

	private final ObjectProvider<AdvisorObservationConvention> advisorConvention;

	private final ObjectProvider<ToolCallingAdvisor.Builder<?>> toolCalling;

	private final boolean toolCallingEnabled;

	RouteClientFactory(ObjectProvider<ChatClientBuilderConfigurer> configurer,
			ObjectProvider<ObservationRegistry> observations,
			ObjectProvider<ChatClientObservationConvention> clientConvention,
			ObjectProvider<AdvisorObservationConvention> advisorConvention,
			ObjectProvider<ToolCallingAdvisor.Builder<?>> toolCalling, Environment environment) {
		this.configurer = configurer;
		this.observations = observations;
		this.clientConvention = clientConvention;
		this.advisorConvention = advisorConvention;
		this.toolCalling = toolCalling;
		this.toolCallingEnabled = environment.getProperty("spring.ai.chat.client.tool-calling.enabled", Boolean.class,
				true);
	}

	ChatClient create(ChatModel model) {
		ChatClient.Builder builder = ChatClient.builder(model,
				this.observations.getIfUnique(() -> ObservationRegistry.NOOP), this.clientConvention.getIfUnique(),
				this.advisorConvention.getIfUnique(), this.toolCalling.getIfAvailable());
		if (!this.toolCallingEnabled) {
			builder.defaultAdvisors(AdvisorParams.toolCallingAdvisorAutoRegister(false));
		}
		// Spring AI's own auto-configuration may be switched off; the routes are not.
		this.configurer.ifAvailable((configurer) -> configurer.configure(builder));
		return builder.build();
	}

}
