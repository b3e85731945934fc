package dev.switchboard.redis.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.switchboard.cache.CacheKey;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.options.Answers;
import dev.switchboard.redis.cache.EntryOutput.EntryTooLargeException;
import dev.switchboard.relay.Relayed;
import dev.switchboard.route.RouteName;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

class EntryCodecTests {

	private static final Duration LIFETIME = Duration.ofMinutes(10);

	private final EntryCodec codec = new EntryCodec(1 << 20);

	private byte[] write(ChatResponse answer) {
		return this.codec.write(SampleAnswers.KEY, answer, LIFETIME);
	}

	private ChatResponse copy(ChatResponse answer) {
		return this.codec.read(SampleAnswers.KEY, write(answer)).answer();
	}

	private static Map<String, Object> entries(ChatResponseMetadata metadata) {
		Map<String, Object> entries = new TreeMap<>();
		metadata.entrySet().forEach((entry) -> entries.put(entry.getKey(), entry.getValue()));
		return entries;
	}

	@Test
	void anAnswerComesBackAsItWas() {
		ChatResponse original = SampleAnswers.rich();
		ChatResponse copy = copy(original);

		RecursiveComparisonConfiguration strictly = RecursiveComparisonConfiguration.builder()
			.withStrictTypeChecking(false)
			.build();
		assertThat(copy.getResults()).hasSize(2);
		for (int i = 0; i < 2; i++) {
			AssistantMessage before = original.getResults().get(i).getOutput();
			AssistantMessage after = copy.getResults().get(i).getOutput();
			assertThat(after.getText()).isEqualTo(before.getText());
			assertThat(after.getMetadata()).usingRecursiveComparison(strictly).isEqualTo(before.getMetadata());
			assertThat(after.getMedia()).map(EntryCodecTests::told)
				.isEqualTo(before.getMedia().stream().map(EntryCodecTests::told).toList());
			assertThat(copy.getResults().get(i).getMetadata().getFinishReason())
				.isEqualTo(original.getResults().get(i).getMetadata().getFinishReason());
			assertThat(copy.getResults().get(i).getMetadata().entrySet())
				.isEqualTo(original.getResults().get(i).getMetadata().entrySet());
		}
		assertThat(copy.getMetadata().getId()).isEqualTo("answer-1");
		assertThat(copy.getMetadata().getModel()).isEqualTo("gpt-5.4-2026");
		assertThat(entries(copy.getMetadata())).containsOnlyKeys(entries(original.getMetadata()).keySet())
			.containsEntry("system-fingerprint", "fp_1");
		assertThat(Relayed.bytesOf(copy)).isEqualTo(Relayed.bytesOf(original));
	}

	private static List<@Nullable Object> told(Media media) {
		Object data = (media.getData() instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : media.getData();
		return Arrays.asList(media.getMimeType(), media.getId(), media.getName(), data);
	}

	@Test
	void numbersKeepTheirKind() {
		Map<String, Object> metadata = copy(SampleAnswers.rich()).getResult().getOutput().getMetadata();

		assertThat(metadata.get("index")).isEqualTo(0);
		assertThat(metadata.get("created")).isEqualTo(5L);
		assertThat(metadata.get("score")).isEqualTo(0.25);
		assertThat(metadata.get("weight")).isEqualTo(0.5f);
		assertThat(metadata.get("set")).isInstanceOf(Set.class);
		assertThat(metadata).containsEntry("nothing", null);
	}

	@Test
	void usageIsCountedAsBefore() {
		ChatResponse copy = copy(SampleAnswers.rich());
		Usage usage = copy.getMetadata().getUsage();

		assertThat(Answers.usage(copy)).isEqualTo(new TokenUsage(100, 40, 20, 50, 30));
		assertThat(List.of(usage.getPromptTokens(), usage.getCompletionTokens(), usage.getTotalTokens()))
			.containsExactly(60, 50, 150);
		assertThat(usage.getCacheReadInputTokens()).isEqualTo(40L);
		assertThat(Answers.usage(copy(new ChatResponse(List.of(new Generation(new AssistantMessage("x"))))))).isNull();
	}

	@Test
	void whoAnsweredIsToldAndNotWhoAsked() {
		CallRecord original = SampleAnswers.record();
		CallRecord copy = CallRecord.of(copy(SampleAnswers.of("yes")));

		assertThat(copy).isNotNull();
		assertThat(copy.id()).isEqualTo(original.id());
		assertThat(copy.time()).isEqualTo(original.time());
		assertThat(copy.answeredBy()).isEqualTo(original.answeredBy());
		assertThat(copy.responseModel()).isEqualTo(original.responseModel());
		assertThat(copy.finishReason()).isEqualTo(original.finishReason());
		assertThat(copy.usage()).isEqualTo(original.usage());
		assertThat(copy.caller()).isEqualTo(Caller.ANONYMOUS);
		assertThat(copy.tags()).isEmpty();
		assertThat(copy.attempts()).isEmpty();
		assertThat(copy.cost()).isEqualTo(Cost.UNKNOWN);
		assertThat(new String(write(SampleAnswers.of("yes")), StandardCharsets.ISO_8859_1)).contains("yes")
			.doesNotContain("alice", "sales", "project");
	}

	@Test
	void itsLifetimeComesBack() {
		assertThat(this.codec.read(SampleAnswers.KEY, write(SampleAnswers.of("x"))).lifetime()).isEqualTo(LIFETIME);
	}

	@Test
	void whatBelongsToAProvidersLibraryIsLeftOut() {
		AssistantMessage message = AssistantMessage.builder()
			.content("x")
			.properties(Map.of("own", new Object(), "some", List.of("plain", new Object()), "plain", "yes", "deep",
					nested(30)))
			.build();
		ChatResponse answer = new ChatResponse(List.of(new Generation(message)),
				ChatResponseMetadata.builder().keyValue("anthropic-response", new StringBuilder("x")).build());

		ChatResponse copy = copy(answer);

		assertThat(copy.getResult().getOutput().getMetadata()).containsEntry("plain", "yes")
			.doesNotContainKeys("own", "some", "deep");
		assertThat(entries(copy.getMetadata())).isEmpty();
	}

	private static Object nested(int depth) {
		return (depth == 0) ? "x" : List.of(nested(depth - 1));
	}

	@Test
	void mediaThatAreNoPlainValueAreNotWritten() {
		AssistantMessage message = AssistantMessage.builder()
			.content("x")
			.media(List.of(Media.builder().mimeType(MimeTypeUtils.IMAGE_PNG).data(new StringBuilder("x")).build()))
			.build();

		assertThatIllegalArgumentException().isThrownBy(() -> write(new ChatResponse(List.of(new Generation(message)))))
			.withMessageContaining("StringBuilder");
	}

	@Test
	void longAnswersAreCompressed() {
		String text = "To be or not to be. ".repeat(1000);
		assertThat(write(SampleAnswers.of(text))).hasSizeLessThan(2000);
		assertThat(copy(SampleAnswers.of(text)).getResult().getOutput().getText()).isEqualTo(text);

		byte[] noise = new byte[10_000];
		new Random(1).nextBytes(noise);
		assertThat(Relayed.bytesOf(copy(SampleAnswers.relayed(noise)))).isEqualTo(noise);
	}

	@Test
	void whatIsTooLargeIsNotWritten() {
		EntryCodec small = new EntryCodec(2000);
		ChatResponse fits = SampleAnswers.of("x".repeat(1000));
		ChatResponse large = SampleAnswers.of("x".repeat(2000));

		assertThat(small.read(SampleAnswers.KEY, small.write(SampleAnswers.KEY, fits, LIFETIME)).lifetime())
			.isEqualTo(LIFETIME);
		assertThatExceptionOfType(EntryTooLargeException.class)
			.isThrownBy(() -> small.write(SampleAnswers.KEY, large, LIFETIME));
	}

	@Test
	void anEntryOfAnotherKeyIsNotRead() {
		byte[] entry = write(SampleAnswers.of("x"));
		for (CacheKey other : List.of(new CacheKey(SampleAnswers.KEY.route(), "fedcba"),
				new CacheKey(new RouteName("other"), SampleAnswers.KEY.digest()))) {
			assertThatExceptionOfType(UnreadableEntryException.class).isThrownBy(() -> this.codec.read(other, entry))
				.withMessageContaining("another key");
		}
	}

	@Test
	void anotherVersionIsNotRead() {
		byte[] entry = write(SampleAnswers.of("x"));
		entry[2]++;

		assertThatExceptionOfType(UnreadableEntryException.class)
			.isThrownBy(() -> this.codec.read(SampleAnswers.KEY, entry))
			.withMessageContaining("version 2");
	}

	static Stream<byte[]> garbage() {
		return Stream.of(new byte[0], new byte[1], "SB".getBytes(StandardCharsets.US_ASCII),
				"{\"text\":\"hello\"}".getBytes(StandardCharsets.UTF_8), new byte[1000], header(0, 100).array(),
				header(1, 100).array(), header(7, 4).array(), header(0, -1).array(),
				header(0, Integer.MAX_VALUE).array(), header(1, Integer.MAX_VALUE).array());
	}

	private static ByteBuffer header(int form, int length) {
		return ByteBuffer.allocate(12).put((byte) 'S').put((byte) 'B').put((byte) 1).put((byte) form).putInt(length);
	}

	@ParameterizedTest
	@MethodSource("garbage")
	void garbageIsNotRead(byte[] garbage) {
		assertThatExceptionOfType(UnreadableEntryException.class)
			.isThrownBy(() -> this.codec.read(SampleAnswers.KEY, garbage));
	}

	@Test
	void anEntryThatIsCutOffOrGoesOnIsNotRead() {
		for (ChatResponse answer : List.of(SampleAnswers.rich(), SampleAnswers.of("x".repeat(5000)))) {
			byte[] entry = write(answer);
			for (int length = 0; length < entry.length; length++) {
				byte[] cut = Arrays.copyOf(entry, length);
				assertThatExceptionOfType(UnreadableEntryException.class)
					.isThrownBy(() -> this.codec.read(SampleAnswers.KEY, cut));
			}
		}
		byte[] longer = write(SampleAnswers.rich());
		byte[] withMore = Arrays.copyOf(longer, longer.length + 1);
		assertThatExceptionOfType(UnreadableEntryException.class)
			.isThrownBy(() -> this.codec.read(SampleAnswers.KEY, withMore));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void anEntryInWhichSomebodyHasChangedAnythingDoesNoHarm(int seed) {
		Random random = new Random(seed);
		byte[] entry = asIs(SampleAnswers.rich());
		assertThat(this.codec.read(SampleAnswers.KEY, entry).answer().getResults()).hasSize(2);
		List<Throwable> failures = new ArrayList<>();
		for (int i = 0; i < 20_000; i++) {
			byte[] changed = entry.clone();
			for (int change = 0; change <= random.nextInt(3); change++) {
				changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
			}
			Throwable failure = catchThrowable(() -> use(this.codec.read(SampleAnswers.KEY, changed).answer()));
			if (failure != null) {
				failures.add(failure);
			}
		}

		assertThat(failures).isNotEmpty().allMatch(UnreadableEntryException.class::isInstance);
	}

	/** An entry that is not compressed, in which a change would be noticed anyway. */
	private static byte[] asIs(ChatResponse answer) {
		EntryOutput out = new EntryOutput(1 << 20);
		out.text(SampleAnswers.KEY.route().value()).text(SampleAnswers.KEY.digest()).number(LIFETIME.toMillis());
		AnswerFormat.write(answer, out);
		byte[] content = out.toByteArray();
		return ByteBuffer.allocate(8 + content.length)
			.put(header(0, content.length).array(), 0, 8)
			.put(content)
			.array();
	}

	private static void use(ChatResponse answer) {
		Answers.usage(answer);
		answer.getResults().forEach((generation) -> {
			generation.getOutput().getMedia().forEach(Media::getData);
			assertThat(generation.getOutput().getMetadata()).isNotNull();
		});
	}

}
