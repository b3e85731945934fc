package dev.switchboard.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.switchboard.simulator.wire.Step.Finish;
import dev.switchboard.simulator.wire.Step.Head;
import dev.switchboard.simulator.wire.Step.Part;
import dev.switchboard.simulator.wire.Step.Send;

/**
 * Replies as steps.
 */
public final class Replies {

	private static final String JSON = "application/json";

	private Replies() {
	}

	/**
	 * An error in the shape of a wire.
	 * @param dialect the wire
	 * @param error the error
	 * @param model the model that was asked for; empty when none was
	 * @param requestId the identifier of the request
	 * @return the steps
	 */
	public static List<Step> error(Dialect dialect, ProviderError error, String model, String requestId) {
		ErrorReply reply = dialect.error(error, model, requestId);
		return body(reply.status(), reply.headers(), JSON, Json.bytes(reply.body()));
	}

	/**
	 * A JSON body.
	 * @param dialect the wire
	 * @param requestId the identifier of the request
	 * @param json what to send
	 * @return the steps
	 */
	public static List<Step> json(Dialect dialect, String requestId, Object json) {
		return body(200, dialect.headers(requestId), JSON, Json.bytes(json));
	}

	/**
	 * A successful reply whose body is none of the wire's business.
	 * @param contentType the content type
	 * @param text the body
	 * @return the steps
	 */
	public static List<Step> text(String contentType, String text) {
		return body(200, Map.of(), contentType, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A stream of events.
	 * @param dialect the wire
	 * @param requestId the identifier of the request
	 * @param events the events
	 * @return the steps, made as they are taken
	 */
	public static Iterator<Step> stream(Dialect dialect, String requestId, Stream<Send> events) {
		Map<String, String> headers = new LinkedHashMap<>(dialect.headers(requestId));
		headers.put("content-type", "text/event-stream; charset=utf-8");
		headers.put("cache-control", "no-cache");
		return Stream
			.<Step>concat(Stream.concat(Stream.of(new Head(200, headers, -1)), events), Stream.of(new Finish()))
			.iterator();
	}

	private static List<Step> body(int status, Map<String, String> more, String contentType, byte[] body) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("content-type", contentType);
		headers.putAll(more);
		return List.of(new Head(status, headers, body.length), new Send(Part.WHOLE, body), new Finish());
	}

}
