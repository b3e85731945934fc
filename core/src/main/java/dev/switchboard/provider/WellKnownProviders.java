package dev.switchboard.provider;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.switchboard.route.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The providers whose address and wire are known, so that they need only their key. The
 * addresses are those that each provider documents for its international customers, as of
 * November 2026: platform.openai.com/docs/api-reference, docs.anthropic.com/en/api,
 * ai.google.dev/api, docs.mistral.ai/api, docs.x.ai/docs/api-reference,
 * api-docs.deepseek.com, alibabacloud.com/help/en/model-studio ("OpenAI compatible";
 * Singapore, keys are bound to a region), platform.moonshot.ai/docs, docs.z.ai,
 * volcengine.com/docs/82379 (Beijing), console.groq.com/docs/openai,
 * docs.together.ai/docs/openai-api-compatibility, docs.fireworks.ai,
 * deepinfra.com/docs/openai_api, openrouter.ai/docs,
 * docs.ollama.com/api/openai-compatibility, docs.vllm.ai and docs.litellm.ai.
 */
public final class WellKnownProviders {

	private static final Map<String, WellKnownProvider> ALL = all();

	private WellKnownProviders() {
	}

	/**
	 * A provider by its name.
	 * @param name the name
	 * @return the provider; {@code null} if it is not well known
	 */
	public static @Nullable WellKnownProvider find(String name) {
		return ALL.get(name);
	}

	/**
	 * The names of all of them.
	 * @return the names, the makers of models first, then hosts, then local servers
	 */
	public static Set<String> names() {
		return ALL.keySet();
	}

	private static Map<String, WellKnownProvider> all() {
		Map<String, WellKnownProvider> all = new LinkedHashMap<>();
		paid(all, "openai", Wire.OPENAI, "https://api.openai.com/v1", "OPENAI_API_KEY");
		paid(all, "anthropic", Wire.ANTHROPIC, "https://api.anthropic.com", "ANTHROPIC_API_KEY");
		paid(all, "google", Wire.GEMINI, "https://generativelanguage.googleapis.com", "GEMINI_API_KEY");
		paid(all, "mistral", Wire.OPENAI, "https://api.mistral.ai/v1", "MISTRAL_API_KEY");
		paid(all, "xai", Wire.OPENAI, "https://api.x.ai/v1", "XAI_API_KEY");
		paid(all, "deepseek", Wire.OPENAI, "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY");
		paid(all, "qwen", Wire.OPENAI, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY");
		paid(all, "moonshot", Wire.OPENAI, "https://api.moonshot.ai/v1", "MOONSHOT_API_KEY");
		paid(all, "zhipu", Wire.OPENAI, "https://api.z.ai/api/paas/v4", "ZAI_API_KEY");
		paid(all, "doubao", Wire.OPENAI, "https://ark.cn-beijing.volces.com/api/v3", "ARK_API_KEY");
		paid(all, "groq", Wire.OPENAI, "https://api.groq.com/openai/v1", "GROQ_API_KEY");
		paid(all, "together", Wire.OPENAI, "https://api.together.xyz/v1", "TOGETHER_API_KEY");
		paid(all, "fireworks", Wire.OPENAI, "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY");
		paid(all, "deepinfra", Wire.OPENAI, "https://api.deepinfra.com/v1/openai", "DEEPINFRA_API_KEY");
		paid(all, "openrouter", Wire.OPENAI, "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY");
		local(all, "ollama", "http://localhost:11434/v1", null);
		local(all, "vllm", "http://localhost:8000/v1", "VLLM_API_KEY");
		local(all, "litellm", "http://localhost:4000/v1", "LITELLM_API_KEY");
		return Collections.unmodifiableMap(all);
	}

	private static void paid(Map<String, WellKnownProvider> all, String name, Wire wire, String baseUrl,
			String keyVariable) {
		all.put(name, new WellKnownProvider(name, wire, URI.create(baseUrl), keyVariable, true));
	}

	private static void local(Map<String, WellKnownProvider> all, String name, String baseUrl,
			@Nullable String keyVariable) {
		all.put(name, new WellKnownProvider(name, Wire.OPENAI, URI.create(baseUrl), keyVariable, false));
	}

}
