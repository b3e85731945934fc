package dev.switchboard.relay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import dev.switchboard.provider.ProviderErrorException;
import dev.switchboard.provider.RawAnswer;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RelayStreamTests {

	@Test
	void whenEventsArriveTogetherThenTheyGoOnTogether() throws IOException {
		Arriving body = new Arriving().together(event("a"), event("b"), event("c")).together(event("d"), end());
		assertThat(texts(body)).containsExactly("abc", "d");
	}

	@Test
	void whenEventsArriveOneByOneThenNoneIsHeldBack() throws IOException {
		Arriving body = new Arriving().together(event("a")).together(event("b")).together(event("c"), end());
		assertThat(texts(body)).containsExactly("a", "b", "c");
	}

	@Test
	void whenVeryMuchArrivesTogetherThenItGoesOnInPieces() throws IOException {
		String much = "x".repeat(12 * 1024);
		Arriving body = new Arriving().together(event(much), event(much), event(much), event(much), end());
		List<String> texts = texts(body);
		assertThat(texts.size()).isBetween(2, 4);
		assertThat(String.join("", texts).equals(much.repeat(4))).isTrue();
	}

	@Test
	void whenAnErrorArrivesTogetherWithTokensThenTheyGoOnBeforeIt() throws IOException {
		Arriving body = new Arriving().together(event("a"), event("b"), "data: {\"error\":{\"message\":\"no\"}}\n\n");
		RelayStream stream = new RelayStream(body, new OpenAiChatReader(), true);
		assertThat(stream.next().getResult().getOutput().getText()).isEqualTo("ab");
		assertThatExceptionOfType(ProviderErrorException.class).isThrownBy(stream::next);
	}

	private static List<String> texts(Arriving body) throws IOException {
		RelayStream stream = new RelayStream(body, new OpenAiChatReader(), true);
		List<String> texts = new ArrayList<>();
		for (ChatResponse chunk = stream.next(); chunk != null; chunk = stream.next()) {
			texts.add(chunk.getResult().getOutput().getText());
		}
		return texts;
	}

	private static String event(String text) {
		return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
	}

	private static String end() {
		return "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
	}

	/**
	 * An answer whose pieces are read one at a time, as chunks are, and some of which
	 * arrived together.
	 */
	private static final class Arriving extends InputStream implements RawAnswer {

		private final Queue<List<byte[]>> groups = new ArrayDeque<>();

		private List<byte[]> arrived = List.of();

		Arriving together(String... pieces) {
			List<byte[]> group = new ArrayList<>();
			for (String piece : pieces) {
				group.add(piece.getBytes(StandardCharsets.UTF_8));
			}
			this.groups.add(group);
			return this;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) {
			if (this.arrived.isEmpty()) {
				List<byte[]> next = this.groups.poll();
				if (next == null) {
					return -1;
				}
				this.arrived = next;
			}
			byte[] piece = this.arrived.remove(0);
			int taken = Math.min(length, piece.length);
			System.arraycopy(piece, 0, bytes, offset, taken);
			if (taken < piece.length) {
				this.arrived.add(0, Arrays.copyOfRange(piece, taken, piece.length));
			}
			return taken;
		}

		@Override
		public int read() {
			throw new UnsupportedOperationException("Streams are read in pieces");
		}

		@Override
		public int available() {
			return this.arrived.isEmpty() ? 0 : this.arrived.get(0).length;
		}

		@Override
		public int status() {
			return 200;
		}

		@Override
		public List<Map.Entry<String, String>> headers() {
			return List.of();
		}

		@Override
		public String header(String name) {
			return null;
		}

		@Override
		public InputStream body() {
			return this;
		}

		@Override
		public void finish() {
			close();
		}

		@Override
		public void close() {
			this.groups.clear();
		}

	}

}
