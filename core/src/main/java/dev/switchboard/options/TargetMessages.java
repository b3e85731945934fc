package dev.switchboard.options;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * The messages that a target is asked with, by the rules told at {@link TargetPrompts}.
 */
final class TargetMessages {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** Where Gemini's class keeps the signatures of an answer's calls. */
	private static final String THOUGHT_SIGNATURES = "thoughtSignatures";

	/** What Google asks for with calls that another model made. */
	private static final byte[] SKIP_VALIDATION = "skip_thought_signature_validator"
		.getBytes(StandardCharsets.US_ASCII);

	private static final Pattern SIGNING_GEMINI = Pattern.compile("gemini-([3-9]|\\d\\d)");

	private final List<Message> messages;

	private final Dialect dialect;

	private final ModelId target;

	/** Made at the first change. */
	private @Nullable List<Message> copy;

	/** The calls of the last message that asked for tools, and what became of them. */
	private List<RenamedCall> calls = List.of();

	private TargetMessages(List<Message> messages, Dialect dialect, ModelId target) {
		this.messages = messages;
		this.dialect = dialect;
		this.target = target;
	}

	static List<Message> adapt(List<Message> messages, Dialect dialect, ModelId target) {
		return needsALook(messages, dialect) ? new TargetMessages(messages, dialect, target).adapt() : messages;
	}

	private static boolean needsALook(List<Message> messages, Dialect dialect) {
		boolean asks = false;
		int systems = 0;
		for (int i = 0; i < messages.size(); i++) {
			Message message = messages.get(i);
			switch (message.getMessageType()) {
				case SYSTEM -> systems++;
				case USER -> asks = true;
				default -> {
					return true;
				}
			}
		}
		return dialect.hasOneSystemMessage() && (!asks || (dialect == Dialect.GEMINI && systems > 1));
	}

	private List<Message> adapt() {
		for (int i = 0; i < this.messages.size(); i++) {
			Message message = this.messages.get(i);
			if (message instanceof AssistantMessage assistant) {
				replace(i, message, adapt(i, assistant));
			}
			else if (message instanceof ToolResponseMessage results) {
				replace(i, message, adapt(results));
			}
		}
		List<Message> adapted = (this.copy != null) ? this.copy : this.messages;
		return this.dialect.hasOneSystemMessage() ? withOneSystemMessage(adapted, this.dialect) : adapted;
	}

	private void replace(int index, Message message, Message adapted) {
		if (adapted != message) {
			if (this.copy == null) {
				this.copy = new ArrayList<>(this.messages);
			}
			this.copy.set(index, adapted);
		}
	}

	private AssistantMessage adapt(int index, AssistantMessage message) {
		ModelId origin = ToolLoop.target(message);
		boolean foreign = origin != null && !origin.provider().equals(this.target.provider());
		boolean renamed = false;
		if (message.hasToolCalls()) {
			List<RenamedCall> renamedCalls = new ArrayList<>(message.getToolCalls().size());
			for (ToolCall call : message.getToolCalls()) {
				String id = call.id();
				if (mustRename(id, origin, foreign)) {
					id = ToolCallIds.derived(index, renamedCalls.size(), call);
					renamed = true;
				}
				renamedCalls.add(new RenamedCall(call, id));
			}
			this.calls = renamedCalls;
		}
		Map<String, Object> metadata = foreign ? signatureOf(message) : message.getMetadata();
		boolean unsigned = needsThoughtSignature(message, metadata);
		if (!foreign && !renamed && !unsigned) {
			return message;
		}
		if (unsigned) {
			metadata = new HashMap<>(metadata);
			metadata.put(THOUGHT_SIGNATURES, List.of(SKIP_VALIDATION.clone()));
		}
		List<ToolCall> toolCalls = renamed ? this.calls.stream().map(RenamedCall::renamed).toList()
				: message.getToolCalls();
		return AssistantMessage.builder()
			.content(message.getText())
			.properties(metadata)
			.toolCalls(toolCalls)
			.media(message.getMedia())
			.build();
	}

	/** Gemini 3 and later refuse calls without; older ones do not know the word. */
	private boolean needsThoughtSignature(AssistantMessage message, Map<String, Object> metadata) {
		return this.dialect == Dialect.GEMINI && message.hasToolCalls() && !metadata.containsKey(THOUGHT_SIGNATURES)
				&& SIGNING_GEMINI.matcher(this.target.model()).find();
	}

	private boolean mustRename(@Nullable String id, @Nullable ModelId origin, boolean foreign) {
		if (this.dialect == Dialect.GEMINI) {
			// Its class sends names, not ids.
			return false;
		}
		if (foreign) {
			return !ToolCallIds.isUniversal(id);
		}
		return origin == null && !ToolCallIds.isAcceptable(id, this.dialect, this.target);
	}

	/** All that may be shown of another's metadata. */
	private static Map<String, Object> signatureOf(AssistantMessage message) {
		Map<String, Object> signature = new HashMap<>();
		for (String key : new String[] { ToolLoop.TARGET, ToolLoop.ROUTE }) {
			Object value = message.getMetadata().get(key);
			if (value != null) {
				signature.put(key, value);
			}
		}
		return signature;
	}

	private ToolResponseMessage adapt(ToolResponseMessage message) {
		List<ToolResponse> responses = message.getResponses();
		List<ToolResponse> adapted = new ArrayList<>(responses.size());
		boolean changed = false;
		for (ToolResponse response : responses) {
			ToolResponse other = adapt(response);
			changed |= other != response;
			adapted.add(other);
		}
		return changed ? ToolResponseMessage.builder().responses(adapted).metadata(message.getMetadata()).build()
				: message;
	}

	private ToolResponse adapt(ToolResponse response) {
		RenamedCall call = answeredBy(response);
		String id = response.id();
		String name = response.name();
		String data = response.responseData();
		if (call != null) {
			id = call.id();
			if (name == null || name.isEmpty()) {
				name = call.call().name();
			}
		}
		if (this.dialect == Dialect.GEMINI && !isJson(data)) {
			data = StringNode.valueOf((data != null) ? data : "").toString();
		}
		if (Objects.equals(id, response.id()) && Objects.equals(name, response.name())
				&& Objects.equals(data, response.responseData())) {
			return response;
		}
		return new ToolResponse(id, name, data);
	}

	/** By id, and where ids are the same or missing, by name and order. */
	private @Nullable RenamedCall answeredBy(ToolResponse response) {
		RenamedCall sameId = null;
		for (RenamedCall call : this.calls) {
			if (call.isOpen() && Objects.equals(call.call().id(), response.id())) {
				if (call.call().name().equals(response.name())) {
					return call.close();
				}
				sameId = (sameId != null) ? sameId : call;
			}
		}
		return (sameId != null) ? sameId.close() : null;
	}

	private static boolean isJson(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return false;
		}
		try {
			return !MAPPER.readTree(text).isMissingNode();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private static List<Message> withOneSystemMessage(List<Message> messages, Dialect dialect) {
		List<String> texts = new ArrayList<>();
		List<Message> rest = new ArrayList<>(messages.size());
		for (Message message : messages) {
			if (message instanceof SystemMessage system) {
				texts.add(system.getText());
			}
			else {
				rest.add(message);
			}
		}
		// Anthropic's class joins them itself, and may cache them apart.
		if (!rest.isEmpty() && (texts.size() <= 1 || dialect == Dialect.ANTHROPIC)) {
			return messages;
		}
		if (rest.isEmpty()) {
			rest.add(new UserMessage(texts.remove(texts.size() - 1)));
		}
		if (!texts.isEmpty()) {
			rest.add(0, new SystemMessage(String.join("\n\n", texts)));
		}
		return rest;
	}

	static boolean hasToolCalls(List<Message> messages) {
		for (int i = 0; i < messages.size(); i++) {
			if (messages.get(i) instanceof AssistantMessage message && message.hasToolCalls()) {
				return true;
			}
		}
		return false;
	}

	/** Adds words at the end of the last user message. */
	static List<Message> withInstructions(List<Message> messages, String instructions) {
		List<Message> copy = new ArrayList<>(messages);
		for (int i = copy.size() - 1; i >= 0; i--) {
			if (copy.get(i) instanceof UserMessage user) {
				String text = user.getText();
				copy.set(i,
						user.mutate()
							.text((text == null || text.isEmpty()) ? instructions : text + "\n\n" + instructions)
							.build());
				return copy;
			}
		}
		copy.add(new UserMessage(instructions));
		return copy;
	}

	private static final class RenamedCall {

		private final ToolCall call;

		private final String id;

		private boolean open = true;

		RenamedCall(ToolCall call, String id) {
			this.call = call;
			this.id = id;
		}

		ToolCall call() {
			return this.call;
		}

		String id() {
			return this.id;
		}

		boolean isOpen() {
			return this.open;
		}

		RenamedCall close() {
			this.open = false;
			return this;
		}

		ToolCall renamed() {
			return new ToolCall(this.id, this.call.type(), this.call.name(), this.call.arguments());
		}

	}

}
