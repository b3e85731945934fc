package dev.switchboard.gateway.front;

import java.util.ArrayList;
import java.util.List;

import dev.switchboard.call.RequestFacts;
import dev.switchboard.options.PromptFacts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the choice of a target may know of a request on any wire, read without translating
 * it: a request that can't be translated may still be relayed.
 */
final class RequestSkim {

	private static final int PER_MEDIA = 1000;

	private static final long MOST_ANSWERS = 128;

	private int images;

	private int audio;

	private int files;

	private long tokens;

	private RequestSkim() {
	}

	/**
	 * Counts what a request holds.
	 * @param request the request
	 * @param hasSchema whether it asks for an answer by a schema
	 * @return the facts, its tokens estimated
	 */
	static RequestFacts facts(JsonNode request, boolean hasSchema) {
		RequestSkim skim = new RequestSkim();
		skim.read(request.path("system"));
		skim.read(request.path("instructions"));
		skim.read(request.path("messages"));
		skim.read(request.path("input"));
		skim.read(request.path("tools"));
		return new RequestFacts(skim.images, skim.audio, skim.files, (int) Math.min(skim.tokens, Integer.MAX_VALUE),
				request.path("tools").size(), hasSchema, maxOutputTokens(request));
	}

	/** As each of the wires calls it; one request may ask for several answers. */
	private static @Nullable Long maxOutputTokens(JsonNode request) {
		for (String field : List.of("max_completion_tokens", "max_tokens", "max_output_tokens")) {
			long most = request.path(field).asLong(0);
			if (most > 0) {
				return Math.min(most, Integer.MAX_VALUE)
						* Math.max(1, Math.min(MOST_ANSWERS, request.path("n").asLong(1)));
			}
		}
		return null;
	}

	private void read(JsonNode node) {
		if (node.isString()) {
			this.tokens += PromptFacts.estimateTokens(node.asString());
		}
		else if (node.isArray()) {
			node.forEach(this::read);
		}
		else if (node.isObject() && !isMedia(node)) {
			node.forEach(this::read);
		}
	}

	/** Of media only their number counts: base64 is not read by anybody. */
	private boolean isMedia(JsonNode part) {
		switch (part.path("type").asString("")) {
			case "image_url", "input_image", "image" -> this.images++;
			case "input_audio" -> this.audio++;
			case "file", "input_file", "document" -> this.files++;
			default -> {
				return false;
			}
		}
		this.tokens += PER_MEDIA;
		return true;
	}

	/**
	 * The identifiers of the tool calls whose results are the last that a request says.
	 * @param request the request
	 * @param callIdOf the field that has them
	 * @return the identifiers; empty if its last word is something else
	 */
	static List<String> answeredCalls(JsonNode request, String callIdOf) {
		JsonNode said = request.has("messages") ? request.path("messages") : request.path("input");
		List<String> ids = new ArrayList<>();
		for (int i = said.size() - 1; i >= 0; i--) {
			List<String> found = new ArrayList<>();
			JsonNode message = said.get(i);
			add(message, callIdOf, found);
			for (JsonNode part : message.path("content")) {
				add(part, callIdOf, found);
			}
			if (found.isEmpty()) {
				break;
			}
			ids.addAll(found);
		}
		return ids;
	}

	private static void add(JsonNode node, String callIdOf, List<String> found) {
		// What makes a call names it too, on one of the wires.
		if (node.path(callIdOf).isString() && !node.path("type").asString("").endsWith("_call")) {
			found.add(node.path(callIdOf).asString());
		}
	}

}
