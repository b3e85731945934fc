package dev.switchboard.benchmarks.load;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The request that a contender is sent over and over.
 *
 * @param path where
 * @param model the model that it names
 * @param streamed whether it asks for a stream
 * @param bodyBytes the length of its body, roughly
 * @param tags what stands in its header for tags; {@code null} for none
 */
record Exchange(String path, String model, boolean streamed, int bodyBytes, @Nullable String tags) {

	/** The key that the gateway is configured with. */
	static final String KEY = "sk-bench-4f9c1d7e2ab85360";

	byte[] toBytes(int port) {
		String start = "{\"model\":\"" + this.model + "\","
				+ (this.streamed ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}," : "")
				+ "\"messages\":[{\"role\":\"user\",\"content\":\"";
		String end = "\"}]}";
		int words = (this.bodyBytes - start.length() - end.length()) / "lion ".length();
		byte[] body = (start + "lion ".repeat(words) + end).getBytes(StandardCharsets.UTF_8);
		String head = "POST " + this.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + KEY
				+ "\r\n" + ((this.tags != null) ? "X-Switchboard-Tags: " + this.tags + "\r\n" : "")
				+ "Content-Type: application/json\r\nAccept: */*\r\nUser-Agent: switchboard-bench\r\nContent-Length: "
				+ body.length + "\r\n\r\n";
		byte[] request = new byte[head.length() + body.length];
		System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
		System.arraycopy(body, 0, request, head.length(), body.length);
		return request;
	}

}
