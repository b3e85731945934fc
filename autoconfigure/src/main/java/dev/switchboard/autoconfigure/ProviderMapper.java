package dev.switchboard.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.switchboard.autoconfigure.SwitchboardProperties.Provider;
import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.Secret;
import dev.switchboard.provider.WellKnownProvider;
import dev.switchboard.provider.WellKnownProviders;
import dev.switchboard.route.Wire;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Makes the providers out of the properties: those that are configured, and those that
 * targets name and that need no configuration.
 */
final class ProviderMapper {

	/**
	 * The beans that Spring AI's own auto-configurations make, by the name of the
	 * provider.
	 */
	private static final Map<String, String> SPRING_AI_BEANS = Map.of("openai", "openAiChatModel", "anthropic",
			"anthropicChatModel", "google", "googleGenAiChatModel", "ollama", "ollamaChatModel", "mistral",
			"mistralAiChatModel", "deepseek", "deepSeekChatModel");

	private static final Secret SIMULATED_KEY = Secret.of("simulated");

	private final SwitchboardProperties properties;

	private final Surroundings surroundings;

	private final Problems problems;

	private final Map<String, ProviderSettings> settings = new LinkedHashMap<>();

	private final Map<String, String> modelBeans = new LinkedHashMap<>();

	private final Map<String, String> disabled = new LinkedHashMap<>();

	private final Set<String> faulty = new LinkedHashSet<>();

	private final Set<String> simulated = new LinkedHashSet<>();

	ProviderMapper(SwitchboardProperties properties, Surroundings surroundings, Problems problems) {
		this.properties = properties;
		this.surroundings = surroundings;
		this.problems = problems;
	}

	MappedProviders map() {
		if (this.properties.simulator().enabled() && this.surroundings.simulator() == null) {
			this.problems.add("switchboard.simulator.enabled", "is true, but the simulator is not on the classpath",
					"add the dependency 'dev.switchboard:switchboard-simulator', or set it to false");
		}
		Set<String> named = named();
		this.properties.providers().forEach(this::configured);
		named.stream().filter((name) -> !this.properties.providers().containsKey(name)).forEach(this::unconfigured);
		this.disabled.forEach((name, remedy) -> this.problems.warn("Provider '" + name
				+ "' is disabled, as it has no key; its targets are left out. Action: set " + remedy + "."));
		return new MappedProviders(this.settings, this.modelBeans, this.disabled, this.faulty, this.simulated,
				WellKnownProviders.names());
	}

	private Set<String> named() {
		Set<String> names = new LinkedHashSet<>();
		this.properties.routes()
			.values()
			.stream()
			.flatMap((route) -> route.targets().stream())
			.map(SwitchboardProperties.Target::model)
			.forEach((model) -> {
				int slash = (model != null) ? model.indexOf('/') : -1;
				if (model != null && slash > 0) {
					names.add(model.substring(0, slash).strip());
				}
			});
		return names;
	}

	private void configured(String name, Provider provider) {
		String property = property(name);
		if (name.indexOf('/') >= 0 || name.isBlank()) {
			this.problems.add(property, "is no name for a provider", "use a word without a slash");
			this.faulty.add(name);
		}
		else if (provider.chatModel() != null) {
			handedIn(name, provider, provider.chatModel());
		}
		else {
			ownClient(name, provider);
		}
	}

	private void unconfigured(String name) {
		String bean = SPRING_AI_BEANS.get(name);
		if (bean != null && this.surroundings.chatModels().contains(bean)) {
			this.modelBeans.put(name, bean);
		}
		else if (WellKnownProviders.find(name) != null) {
			ownClient(name, new Provider(null, null, null, Map.of(), null, null));
		}
	}

	private void handedIn(String name, Provider provider, String bean) {
		String property = property(name);
		if (provider.wire() != null || provider.baseUrl() != null || provider.apiKey() != null
				|| !provider.headers().isEmpty() || provider.connectTimeout() != null) {
			this.problems.add(property, "has both 'chat-model' and properties of an own connection",
					"remove 'chat-model', or everything beside it");
			this.faulty.add(name);
		}
		else if (!this.surroundings.chatModels().contains(bean)) {
			this.problems.add(property + ".chat-model",
					"names bean '" + bean + "', but the ChatModel beans are " + this.surroundings.chatModels(),
					"use one of these, or define that bean");
			this.faulty.add(name);
		}
		else {
			this.modelBeans.put(name, bean);
		}
	}

	private void ownClient(String name, Provider provider) {
		@Nullable WellKnownProvider wellKnown = WellKnownProviders.find(name);
		Wire wire = (provider.wire() != null || wellKnown == null) ? provider.wire() : wellKnown.wire();
		URI baseUrl = (provider.baseUrl() != null || wellKnown == null) ? provider.baseUrl() : wellKnown.baseUrl();
		SimulatedAddresses simulator = this.surroundings.simulator();
		// A key that happens to be in the environment must not turn a demo into a bill.
		Secret key = key(provider.apiKey(), (wellKnown != null && simulator == null) ? wellKnown.keyVariable() : null);
		if (key == null && simulator != null) {
			Wire spoken = (wire != null) ? wire : Wire.OPENAI;
			this.simulated.add(name);
			connect(name, provider, spoken, simulator.baseUrl(name, spoken), SIMULATED_KEY);
		}
		else if (wire == null || baseUrl == null) {
			reportUnknownPlace(name, wire, baseUrl);
		}
		else if (key == null && isKeyMissing(provider, wellKnown)) {
			withoutKey(name, wellKnown);
		}
		else {
			connect(name, provider, wire, baseUrl, key);
		}
	}

	private void reportUnknownPlace(String name, @Nullable Wire wire, @Nullable URI baseUrl) {
		String property = property(name);
		if (wire == null) {
			this.problems.add(property, "has no wire, and is no well-known provider",
					"add '" + property + ".wire', which is one of [openai, anthropic, gemini]");
		}
		if (baseUrl == null) {
			this.problems.add(property, "has no base URL, and is no well-known provider",
					"add '" + property + ".base-url', such as http://localhost:8000/v1");
		}
		this.faulty.add(name);
	}

	private void connect(String name, Provider provider, Wire wire, URI baseUrl, @Nullable Secret key) {
		String property = property(name);
		Duration connectTimeout = this.problems.positive(property + ".connect-timeout", provider.connectTimeout());
		ProviderSettings mapped = this.problems.check(property, "correct it",
				() -> new ProviderSettings(name, wire, baseUrl, key, provider.headers(),
						(connectTimeout != null) ? connectTimeout : ProviderSettings.DEFAULT_CONNECT_TIMEOUT));
		if (mapped != null) {
			this.settings.put(name, mapped);
		}
		else {
			this.faulty.add(name);
		}
	}

	// A placeholder that nothing resolves is left as it is written, and is no key.
	private static boolean isPlaceholder(@Nullable Secret key) {
		return key != null && key.reveal().contains("${");
	}

	private @Nullable Secret key(@Nullable Secret configured, @Nullable String variable) {
		if (configured != null && !isPlaceholder(configured)) {
			return configured;
		}
		String value = (variable != null) ? this.surroundings.variables().apply(variable) : null;
		return (variable != null && StringUtils.hasText(value))
				? this.problems.check(variable, "correct it", () -> Secret.of(value)) : null;
	}

	private static boolean isKeyMissing(Provider provider, @Nullable WellKnownProvider wellKnown) {
		boolean needed = wellKnown != null && wellKnown.needsKey() && provider.baseUrl() == null;
		return needed || isPlaceholder(provider.apiKey());
	}

	private void withoutKey(String name, @Nullable WellKnownProvider wellKnown) {
		String bean = SPRING_AI_BEANS.get(name);
		if (bean != null && this.surroundings.chatModels().contains(bean)) {
			this.modelBeans.put(name, bean);
			return;
		}
		String remedy = "'" + property(name) + ".api-key'";
		if (wellKnown != null && wellKnown.keyVariable() != null) {
			remedy += " or the environment variable " + wellKnown.keyVariable();
		}
		this.disabled.put(name, remedy);
	}

	private static String property(String name) {
		return "switchboard.providers." + name;
	}

}
