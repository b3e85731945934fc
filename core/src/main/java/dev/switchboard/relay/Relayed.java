package dev.switchboard.relay;

import java.io.ByteArrayOutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * The very bytes in which a provider gave an answer, or a part of one. They travel in the
 * metadata of the response that was read from them.
 */
public final class Relayed {

	/** The metadata of a response with the bytes, a {@code byte[]}. */
	public static final String BYTES = "switchboard.relayed";

	/**
	 * The metadata of a message with content that Spring AI has no word for, such as a
	 * provider's own tools.
	 */
	static final String OTHER_CONTENT = "switchboard.relayed.other";

	private Relayed() {
	}

	/**
	 * The bytes of a response.
	 * @param response an answer, or a chunk of one
	 * @return the bytes; {@code null} if it was not relayed
	 */
	public static byte @Nullable [] bytesOf(ChatResponse response) {
		return (response.getMetadata().get(BYTES) instanceof byte[] bytes) ? bytes : null;
	}

	/**
	 * Whether a response carries its bytes.
	 * @param response an answer, or a chunk of one
	 * @return whether it was relayed
	 */
	public static boolean isIn(ChatResponse response) {
		return bytesOf(response) != null;
	}

	/**
	 * Whether a response has content that Spring AI has no word for.
	 * @param response an answer, or a chunk of one
	 * @return whether it has
	 */
	public static boolean hasOtherContent(ChatResponse response) {
		List<Generation> generations = response.getResults();
		for (int i = 0; i < generations.size(); i++) {
			if (generations.get(i).getOutput().getMetadata().containsKey(OTHER_CONTENT)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * A chunk with the bytes of those before it.
	 * @param before bytes that came before it; {@code null} for none
	 * @param chunk a relayed chunk
	 * @return a chunk with both
	 */
	public static ChatResponse after(byte @Nullable [] before, ChatResponse chunk) {
		byte[] own = bytesOf(chunk);
		if (before == null || own == null) {
			return chunk;
		}
		return withBytes(chunk, join(before, own));
	}

	/**
	 * Puts bytes together.
	 * @param first the first; {@code null} for none
	 * @param second what follows
	 * @return both
	 */
	public static byte[] join(byte @Nullable [] first, byte[] second) {
		if (first == null) {
			return second;
		}
		ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
		both.writeBytes(first);
		both.writeBytes(second);
		return both.toByteArray();
	}

	private static ChatResponse withBytes(ChatResponse chunk, byte[] bytes) {
		ChatResponseMetadata metadata = chunk.getMetadata();
		ChatResponseMetadata.Builder copy = ChatResponseMetadata.builder()
			.id(metadata.getId())
			.model(metadata.getModel())
			.usage(metadata.getUsage());
		metadata.entrySet().forEach((entry) -> copy.keyValue(entry.getKey(), entry.getValue()));
		return new ChatResponse(chunk.getResults(), copy.keyValue(BYTES, bytes).build());
	}

}
