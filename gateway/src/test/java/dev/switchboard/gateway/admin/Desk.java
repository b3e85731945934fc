package dev.switchboard.gateway.admin;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import dev.switchboard.gateway.RunningGateway;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who runs a gateway.
 *
 * @param gateway the gateway
 * @param key his key; {@code null} for none
 */
record Desk(RunningGateway gateway, @Nullable String key) {

	private static final String PREFIX = "/switchboard/admin";

	HttpResponse<String> send(String method, String path, @Nullable String json, String... headers) {
		var request = this.gateway.request(PREFIX + path)
			.method(method, (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody());
		if (json != null) {
			request.header("Content-Type", "application/json");
		}
		if (this.key != null) {
			request.header("Authorization", "Bearer " + this.key);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.gateway.send(request.build());
	}

	/** What is answered, which must have this status. */
	JsonNode ask(int status, String method, String path, @Nullable String json) {
		HttpResponse<String> response = send(method, path, json);
		if (response.statusCode() != status) {
			throw new AssertionError(method + " " + path + ": " + response.statusCode() + " " + response.body());
		}
		return RunningGateway.json(response);
	}

	JsonNode get(String path) {
		return ask(200, "GET", path, null);
	}

	JsonNode post(String path) {
		return ask(200, "POST", path, null);
	}

	/** A new key. */
	String make(String name, String json) {
		return ask(201, "PUT", "/keys/" + name, json).get("key").asString();
	}

	/** What somebody is told who calls with a key: nothing if he gets an answer. */
	static String call(RunningGateway gateway, String key) {
		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"one\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "x-api-key", key);
		return (response.statusCode() == 200) ? ""
				: response.statusCode() + " " + RunningGateway.json(response).at("/error/code").asString() + " "
						+ RunningGateway.json(response).at("/error/message").asString();
	}

	String call(String key) {
		return call(this.gateway, key);
	}

}
