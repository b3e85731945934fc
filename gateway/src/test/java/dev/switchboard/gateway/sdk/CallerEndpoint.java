package dev.switchboard.gateway.sdk;

import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * Where callers ask, and how an answer or an error reads there.
 */
enum CallerEndpoint {

	CHAT("/v1/chat/completions", TargetWire.OPENAI, "messages", "[DONE]", "error") {

		@Override
		String text(JsonNode answer) {
			return answer.at("/choices/0/message/content").asString(answer.at("/choices/0/delta/content").asString(""));
		}

		@Override
		String finish(JsonNode answer) {
			return answer.at("/choices/0/finish_reason").asString("");
		}

		@Override
		boolean isError(JsonNode event) {
			return event.has("error");
		}

	},

	MESSAGES("/anthropic/v1/messages", TargetWire.ANTHROPIC, "messages", "message_stop", "error") {

		@Override
		String text(JsonNode answer) {
			return answer.at("/content/0/text").asString(answer.at("/delta/text").asString(""));
		}

		@Override
		String finish(JsonNode answer) {
			return answer.path("stop_reason").asString(answer.at("/delta/stop_reason").asString(""));
		}

		@Override
		boolean isError(JsonNode event) {
			return event.path("type").asString("").equals("error");
		}

	},

	RESPONSES("/v1/responses", TargetWire.OPENAI, "input", "response.completed", "response/error") {

		@Override
		String text(JsonNode answer) {
			return answer.path("type").asString("").equals("response.output_text.delta")
					? answer.path("delta").asString("") : answer.at("/output/0/content/0/text").asString("");
		}

		@Override
		String finish(JsonNode answer) {
			return answer.at("/incomplete_details/reason")
				.asString(answer.at("/response/incomplete_details/reason").asString(""));
		}

		@Override
		boolean isEnd(String data) {
			return super.isEnd(data) || data.contains("\"type\":\"response.incomplete\"");
		}

		@Override
		boolean isError(JsonNode event) {
			return Set.of("error", "response.failed").contains(event.path("type").asString(""));
		}

	};

	private final String path;

	private final TargetWire own;

	private final String conversation;

	private final String end;

	private final String errorInStream;

	CallerEndpoint(String path, TargetWire own, String conversation, String end, String errorInStream) {
		this.path = path;
		this.own = own;
		this.conversation = conversation;
		this.end = end;
		this.errorInStream = errorInStream;
	}

	String path() {
		return this.path;
	}

	/** Whether a target of this wire is sent the caller's own bytes. */
	boolean relaysTo(TargetWire wire) {
		return this.own == wire;
	}

	String request(String route, boolean streamed) {
		return """
				{"model": "%s", "stream": %s, "max_%stokens": 1000, "%s": [{"role": "user", "content": "Hi"}]}
				""".formatted(route, streamed, (this == RESPONSES) ? "output_" : "", this.conversation);
	}

	/** The text of an answer, or what an event adds to it. */
	abstract String text(JsonNode answer);

	/** Why an answer ends, if that is told here. */
	abstract String finish(JsonNode answer);

	/** Whether an event says that the answer is over and all is well. */
	boolean isEnd(String data) {
		return data.equals(this.end) || data.contains("\"type\":\"" + this.end + "\"");
	}

	abstract boolean isError(JsonNode event);

	/** What an error says. */
	String message(JsonNode told, boolean inStream) {
		return error(told, inStream).path("message").asString("");
	}

	/** What an error is, for programs. */
	String code(JsonNode told, boolean inStream) {
		JsonNode error = error(told, inStream);
		return error.path("code").asString(error.at("/details/error_code").asString(""));
	}

	private JsonNode error(JsonNode told, boolean inStream) {
		return told.at("/" + (inStream ? this.errorInStream : "error"));
	}

	@Override
	public String toString() {
		return this.path;
	}

}
