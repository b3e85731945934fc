package dev.switchboard.gateway.front;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallProgress;
import dev.switchboard.call.CallerPresence;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.cost.ModelId;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.options.ToolLoop;
import dev.switchboard.relay.RelayEndpoint;
import dev.switchboard.relay.RelayRequest;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request of a caller, as the engine is given it: its bytes for targets of the same
 * wire, and its translation, made when it is first needed, for others.
 */
final class GatewayRequest implements RelayRequest {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final byte[] ASK_FOR_USAGE = "{\"include_usage\":true}".getBytes(StandardCharsets.US_ASCII);

	private static final Pattern PLAIN_VALUE = Pattern.compile("true|false|-?(?:0|[1-9]\\d{0,15})(?:\\.\\d{1,15})?");

	/** Fields by which an answer's schema is asked for, of whichever wire. */
	private static final Set<String> SCHEMA_FIELDS = Set.of("response_format", "text", "output_config",
			"output_format");

	private final Door door;

	private final RequestJson json;

	private final List<Map.Entry<String, String>> headers;

	private final CallContext context;

	private final ToolCallMemory memory;

	private final Predicate<Target> sameWire;

	private final CallerPresence presence = new CallerPresence();

	private final boolean streamed;

	private Consumer<CallProgress> onBegin = (progress) -> {
	};

	private @Nullable RequestFacts facts;

	private @Nullable Map<String, Object> turn;

	private @Nullable WireRequest translation;

	private @Nullable Prompt prompt;

	private @Nullable RefusedRequestException refusal;

	/**
	 * A request.
	 * @param door where it came in
	 * @param json what it says
	 * @param headers the headers that go with it to a provider of the same wire
	 * @param context who asks, and what he says of the call
	 * @param memory what he was told before
	 * @param sameWire whether a target takes it as it came
	 */
	GatewayRequest(Door door, RequestJson json, List<Map.Entry<String, String>> headers, CallContext context,
			ToolCallMemory memory, Predicate<Target> sameWire) {
		this.door = door;
		this.json = json;
		this.headers = List.copyOf(headers);
		this.context = context;
		this.memory = memory;
		this.sameWire = sameWire;
		this.streamed = door.streams() && json.isTrue("stream");
	}

	boolean isStreamed() {
		return this.streamed;
	}

	void onBegin(Consumer<CallProgress> listener) {
		this.onBegin = listener;
	}

	@Override
	public RelayEndpoint endpoint() {
		return this.door.relay();
	}

	@Override
	public boolean relays(Target target) {
		return this.sameWire.test(target);
	}

	@Override
	public byte[] body(Target target) {
		Map<String, byte[]> added = new LinkedHashMap<>();
		if (this.streamed && asksForUsage() && !this.json.has("stream_options")) {
			added.put("stream_options", ASK_FOR_USAGE);
		}
		target.options().forEach((option, value) -> {
			String field = option.replace('-', '_');
			if (!this.json.has(field)) {
				added.put(field, json(value));
			}
		});
		byte[] body = this.json.rewritten(target.model().model(), added, "fallbacks");
		return UnsignedThoughts.without(body, this.door.relay());
	}

	/**
	 * Properties files know texts only, which numbers and truth values are written as.
	 */
	private static byte[] json(Object value) {
		if (value instanceof String text && PLAIN_VALUE.matcher(text).matches()) {
			return text.getBytes(StandardCharsets.US_ASCII);
		}
		return MAPPER.writeValueAsBytes(value);
	}

	/** Only this wire has to be asked; the others tell it anyway. */
	private boolean asksForUsage() {
		return this.door.relay() == RelayEndpoint.OPENAI_CHAT;
	}

	@Override
	public List<Map.Entry<String, String>> headers() {
		return this.headers;
	}

	@Override
	public boolean wantsUsage() {
		return !asksForUsage() || (this.json.has("stream_options")
				&& this.json.tree().path("stream_options").path("include_usage").asBoolean(false));
	}

	@Override
	public CallContext context() {
		return this.context;
	}

	@Override
	public CallerPresence presence() {
		return this.presence;
	}

	@Override
	public RequestFacts facts() {
		RequestFacts known = this.facts;
		if (known == null) {
			known = RequestSkim.facts(this.json.tree(), hasOutputSchema());
			this.facts = known;
		}
		return known;
	}

	@Override
	public @Nullable ModelId startedBy() {
		return ToolLoop.target(turn());
	}

	@Override
	public @Nullable RouteName chosenRoute() {
		return ToolLoop.route(turn());
	}

	/** What was said with the calls whose results this request brings. */
	private Map<String, Object> turn() {
		Map<String, Object> known = this.turn;
		if (known == null) {
			known = RequestSkim.answeredCalls(this.json.tree(), this.door.callIdOf())
				.stream()
				.map(this.memory::recall)
				.filter((said) -> !said.isEmpty())
				.findFirst()
				.orElse(Map.of());
			this.turn = known;
		}
		return known;
	}

	@Override
	public boolean hasOutputSchema() {
		return SCHEMA_FIELDS.stream().anyMatch(this.json::has);
	}

	@Override
	public boolean isTranslatable() {
		try {
			translation();
			return true;
		}
		catch (RefusedRequestException ex) {
			return false;
		}
	}

	/**
	 * The request in the terms of its own wire.
	 * @return the request, read once
	 * @throws RefusedRequestException if it can't be translated
	 */
	WireRequest translation() {
		WireRequest known = this.translation;
		if (known != null) {
			return known;
		}
		if (this.refusal != null) {
			throw this.refusal;
		}
		try {
			known = this.door.wire().read(this.json.tree(), this.memory);
			this.translation = known;
			return known;
		}
		catch (RefusedRequestException ex) {
			this.refusal = ex;
			throw ex;
		}
	}

	/**
	 * Why the request can't be translated.
	 * @return the refusal; {@code null} if it can, or nobody has tried
	 */
	@Nullable RefusedRequestException refusal() {
		return this.refusal;
	}

	@Override
	public Prompt translated() {
		Prompt known = this.prompt;
		if (known == null) {
			WireRequest request = translation();
			known = new Prompt(request.messages(), request.options().build());
			this.prompt = known;
		}
		return known;
	}

	@Override
	public List<byte[]> fingerprint() {
		StringBuilder said = new StringBuilder();
		this.headers
			.forEach((header) -> said.append(header.getKey()).append(':').append(header.getValue()).append('\n'));
		return List.of(said.toString().getBytes(StandardCharsets.UTF_8), this.json.bytes());
	}

	@Override
	public void begins(CallProgress progress) {
		this.onBegin.accept(progress);
	}

}
