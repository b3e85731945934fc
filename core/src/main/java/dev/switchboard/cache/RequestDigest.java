package dev.switchboard.cache;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import dev.switchboard.call.CallContext;
import dev.switchboard.options.Answers;
import dev.switchboard.options.CommonOptions;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.options.ToolChoice;
import dev.switchboard.relay.RelayPrompt;
import dev.switchboard.route.CacheScope;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Digests everything of a request that shapes its answer, and nothing else.
 */
final class RequestDigest {

	// Changed whenever the encoding changes, for the day that digests outlive a process.
	private static final String VERSION = "1";

	// What an earlier answer tells of itself; no model is shown it again. All else stays:
	// reasoning, signatures, and the target that gave them, whom alone they are shown.
	private static final Set<String> DESCRIPTIVE = Set.of("messageType", "id", "role", "index", "finishReason",
			"refusal", "annotations", Answers.REASONING_DELTA);

	// Media without a name are given another one each time.
	private static final Pattern GENERATED_NAME = Pattern
		.compile("media-.*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

	// Merged into the portable options already, or always the target's own: its model,
	// its
	// endpoint and its credential.
	private static final Set<String> NOT_OWN = Set.of("getFrequencyPenalty", "getMaxTokens", "getPresencePenalty",
			"getStopSequences", "getTemperature", "getTopK", "getTopP", "getToolCallbacks", "getToolContext",
			"getOutputSchema", "getModel", "getApiKey", "getCredential", "getBaseUrl", "getDeploymentName",
			"getMicrosoftDeploymentName", "getMicrosoftFoundryServiceVersion", "isMicrosoftFoundry", "isGitHubModels",
			"getOrganizationId", "getTimeout", "getMaxRetries", "getProxy");

	private final ValueProperties properties = new ValueProperties();

	private final Map<RouteName, Revision> revisions = new ConcurrentHashMap<>();

	CacheKey key(ModelRoute route, CacheSettings settings, CallContext context, Prompt prompt) {
		CanonicalDigest digest = new CanonicalDigest(this.properties);
		digest.group("request", 6).string(VERSION);
		boolean ofCaller = settings.scope() == CacheScope.CALLER
				|| (settings.scope() == null && prompt instanceof RelayPrompt);
		digest.bool(ofCaller).string(ofCaller ? context.caller().name() : null);
		digest.string(route.name().value()).bytes(revision(route)).string(context.policy());
		if (prompt instanceof RelayPrompt relayed) {
			List<byte[]> parts = relayed.request().fingerprint();
			digest.group("relayed", parts.size()).string(relayed.request().endpoint().name());
			parts.forEach(digest::bytes);
		}
		else {
			asked(digest, prompt);
		}
		return new CacheKey(route.name(), digest.finishAsText());
	}

	private void asked(CanonicalDigest digest, Prompt prompt) {
		List<Message> messages = prompt.getInstructions();
		digest.group("messages", messages.size());
		for (Message message : messages) {
			message(digest, message);
		}
		options(digest, RouteChatOptions.of(prompt.getOptions()));
	}

	private byte[] revision(ModelRoute route) {
		Revision revision = this.revisions.get(route.name());
		if (revision == null || revision.route() != route) {
			revision = new Revision(route, revise(route));
			this.revisions.put(route.name(), revision);
		}
		return revision.digest();
	}

	private byte[] revise(ModelRoute route) {
		CanonicalDigest digest = new CanonicalDigest(this.properties);
		digest.group("targets", route.targets().size());
		for (Target target : route.targets()) {
			digest.string(target.model().toString()).value(target.options());
		}
		Requirements requires = route.requires();
		return digest.integer(requires.contextWindow())
			.value(requires.input())
			.value(requires.output())
			.bool(requires.tools())
			.bool(requires.parallelTools())
			.bool(requires.structuredOutput())
			.finish();
	}

	private void message(CanonicalDigest digest, Message message) {
		digest.string(message.getMessageType().name()).string(message.getText());
		if (message instanceof MediaContent content) {
			digest.group("media", content.getMedia().size());
			content.getMedia().forEach((media) -> media(digest, media));
		}
		if (message instanceof AssistantMessage answer) {
			digest.group("toolCalls", answer.getToolCalls().size());
			answer.getToolCalls()
				.forEach((call) -> digest.string(call.id())
					.string(call.type())
					.string(call.name())
					.string(call.arguments()));
			Map<String, Object> shown = new TreeMap<>(answer.getMetadata());
			shown.keySet().removeAll(DESCRIPTIVE);
			digest.value(shown);
		}
		if (message instanceof ToolResponseMessage results) {
			digest.group("toolResponses", results.getResponses().size());
			results.getResponses()
				.forEach((response) -> digest.string(response.id())
					.string(response.name())
					.string(response.responseData()));
		}
	}

	private static void media(CanonicalDigest digest, Media media) {
		String name = media.getName();
		digest.string(media.getMimeType().toString())
			.string(media.getId())
			.string(GENERATED_NAME.matcher(name).matches() ? null : name)
			.value(media.getData());
	}

	private void options(CanonicalDigest digest, RouteChatOptions options) {
		digest.value(options.getFrequencyPenalty())
			.value(options.getMaxTokens())
			.value(options.getPresencePenalty())
			.value(options.getStopSequences())
			.value(options.getTemperature())
			.value(options.getTopK())
			.value(options.getTopP())
			.string(options.getOutputSchema());
		common(digest, options.common());
		List<ToolCallback> tools = options.getToolCallbacks();
		tools(digest, (tools != null) ? tools : List.of());
		List<ChatOptions> overlays = options.getProviderOptions();
		digest.group("own", overlays.size());
		for (ChatOptions overlay : overlays) {
			Map<String, Object> own = this.properties.read(overlay);
			own.keySet().removeAll(NOT_OWN);
			digest.string(overlay.getClass().getName()).value(own);
		}
	}

	private static void common(CanonicalDigest digest, CommonOptions common) {
		ToolChoice choice = common.toolChoice();
		digest.string((choice != null) ? choice.kind() + ":" + choice.name() : null)
			.value(common.parallelToolCalls())
			.string(common.reasoningEffort())
			.value(common.seed())
			.bool(common.jsonObject());
	}

	// Reflection finds a class's tools in another order on each machine.
	private static void tools(CanonicalDigest digest, List<ToolCallback> tools) {
		digest.group("tools", tools.size());
		tools.stream()
			.map(ToolCallback::getToolDefinition)
			.sorted(Comparator.comparing(ToolDefinition::name))
			.forEach((tool) -> digest.string(tool.name()).string(tool.description()).string(tool.inputSchema()));
	}

	private record Revision(ModelRoute route, byte[] digest) {
	}

}
