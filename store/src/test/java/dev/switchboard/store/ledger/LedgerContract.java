package dev.switchboard.store.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.switchboard.call.CallRecord;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.Journal;
import dev.switchboard.store.journal.MemoryJournal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What the ledger does on every database.
 */
abstract class LedgerContract {

	private static final Span JUNE = Span.ofDays(LocalDate.of(2027, 6, 1), LocalDate.of(2027, 6, 30),
			ZoneId.of("Europe/Berlin"));

	private static final CallFilter ALL = CallFilter.of(Span.of(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")));

	private Database database;

	private Ledger ledger;

	private LedgerReports reports;

	abstract DatabaseSettings settings();

	@BeforeEach
	void open() {
		this.database = Database.open(settings());
		this.ledger = ledger(new MemoryJournal(64 * 1024 * 1024), Duration.ZERO);
		this.reports = new LedgerReports(this.database);
	}

	private Ledger ledger(Journal journal, Duration retention) {
		Ledger opened = new Ledger(journal, this.database, new Ledger.Settings(retention),
				InstantSource.fixed(Records.NOON));
		opened.start();
		return opened;
	}

	@AfterEach
	void close() {
		this.ledger.close();
		this.database.close();
	}

	private void keep(Records... calls) {
		for (Records call : calls) {
			this.ledger.ended(call.make());
		}
		await();
	}

	private void await() {
		Awaitility.await().until(() -> this.ledger.counts().waiting() == 0);
	}

	@Test
	void aCallIsKeptAsItWas() {
		CallRecord record = Records.call("c1")
			.at(Records.NOON.plusNanos(123_456_789))
			.by("ada", "research")
			.tag("project", "apollo")
			.failed("openai/gpt-5.4", 0)
			.answered("anthropic/claude-opus-4-7", 3_260_000)
			.make();

		this.ledger.ended(record);
		await();

		LedgerCall kept = this.reports.calls(ALL, null, 10).get(0);
		assertThat(kept).isEqualTo(LedgerCall.of(record));
		assertThat(kept.startedAt()).isEqualTo(Instant.parse("2027-06-30T12:00:00.123456Z"));
		assertThat(kept.tags()).containsExactly(Map.entry("project", "apollo"));
		assertThat(kept.costNanos()).isEqualTo(3_260_000);
		assertThat(kept.firstTokenMicros()).isEqualTo(81_234);
		assertThat(kept.attempts()).extracting(LedgerAttempt::status).containsExactly(503, null);
		assertThat(kept.attempts()).extracting(LedgerAttempt::usage).containsOnly(new TokenUsage(100, 40, 10, 20, 12));
		assertThat(kept.toString()).doesNotContain("secret words");
	}

	@Test
	void aCallThatComesTwiceIsKeptOnce() {
		Records call = Records.call("c1").tag("project", "apollo").answered("openai/gpt-5.4", 5);

		keep(call, call);
		keep(call);

		assertThat(this.reports.total(ALL))
			.isEqualTo(new Spend(null, 1, 1, new Money(5), 0, new TokenUsage(100, 40, 10, 20, 12)));
		assertThat(entries()).containsExactly("c1");
	}

	@Test
	void manyCallsAreKeptInTheOrderInWhichTheyEnded() {
		List<String> ids = IntStream.range(0, 2345).mapToObj((i) -> "c" + i).toList();

		// Those that began last end first.
		ids.forEach((id) -> this.ledger.ended(Records.call(id)
			.at(Records.NOON.minusMillis(Long.parseLong(id.substring(1))))
			.answered("openai/gpt-5.4", 1)
			.make()));
		await();

		assertThat(entries()).containsExactlyElementsOf(ids);
		assertThat(this.reports.total(ALL).cost()).isEqualTo(new Money(2345));
	}

	private List<String> entries() {
		return this.database.client().sql("select id from switchboard_call order by entry").query(String.class).list();
	}

	@Test
	void whatNoDatabaseTakesDoesNotStopTheLedger() {
		keep(Records.call("c1").by("nul \0 and half \ud83d a pair" + "x".repeat(1000), null).tag("t", "\0"),
				Records.call("c2"));

		assertThat(this.reports.calls(ALL, null, 10)).extracting(LedgerCall::id).containsExactly("c1", "c2");
		assertThat(this.reports.calls(ALL, null, 10).get(0).caller()).startsWith("nul \ufffd and half \ufffd a pair")
			.hasSize(255);
	}

	@Test
	void anUnknownCostIsNeverCountedAsNothing() {
		keep(Records.call("c1").answered("openai/gpt-5.4", 7),
				Records.call("c2").failed("openai/gpt-5.4", 3).answeredAtUnknownCost("my-vllm/llama"));

		assertThat(this.reports.total(ALL).cost()).isEqualTo(new Money(10));
		assertThat(this.reports.total(ALL).unknownCostCalls()).isEqualTo(1);
		assertThat(this.reports.spend(SpendBy.MODEL, ALL))
			.extracting(Spend::name, Spend::calls, (spend) -> spend.cost().nanos(), Spend::unknownCostCalls)
			.containsExactly(tuple("openai/gpt-5.4", 2L, 10L, 0L), tuple("my-vllm/llama", 1L, 0L, 1L));
		assertThat(this.reports.calls(ALL, null, 10)).extracting(LedgerCall::costNanos).containsExactly(7L, null);
	}

	@Test
	void nothingCostsNothing() {
		assertThat(this.reports.total(ALL)).isEqualTo(Spend.NONE);
		assertThat(this.reports.spend(SpendBy.ROUTE, ALL)).isEmpty();
		assertThat(this.reports.spend(SpendBy.DAY, CallFilter.of(Span.of(Instant.EPOCH, Instant.EPOCH)))).isEmpty();
	}

	@Test
	void spendIsToldByRouteTeamKeyAndTag() {
		keep(Records.call("c1").route("support").by("ada", "research").tag("project", "apollo").answered("a/x", 10),
				Records.call("c2").route("support").by("bob", "sales").tag("project", "gemini").answered("a/x", 20),
				Records.call("c3").route("code").by("ada", "research").tag("other", "apollo").answered("b/y", 40),
				Records.call("c4").route("code"));

		assertThat(sums(SpendBy.ROUTE)).containsExactly("code=40 (2)", "support=30 (2)");
		assertThat(sums(SpendBy.TEAM)).containsExactly("research=50 (2)", "sales=20 (1)", "null=0 (1)");
		assertThat(sums(SpendBy.KEY)).containsExactly("ada=50 (2)", "bob=20 (1)", "anonymous=0 (1)");
		assertThat(sums(SpendBy.tag("project"))).containsExactly("null=40 (2)", "gemini=20 (1)", "apollo=10 (1)");
		assertThat(sums(SpendBy.MODEL)).containsExactly("b/y=40 (1)", "a/x=30 (2)");
	}

	private List<String> sums(SpendBy by) {
		return this.reports.spend(by, ALL)
			.stream()
			.map((spend) -> spend.name() + "=" + spend.cost().nanos() + " (" + spend.calls() + ")")
			.toList();
	}

	@Test
	void aDayBeginsAsItsTimeZoneSays() {
		keep(Records.call("c1").at(Instant.parse("2027-05-31T21:59:59Z")).answered("a/x", 1),
				Records.call("c2").at(Instant.parse("2027-05-31T22:00:00Z")).answered("a/x", 2),
				Records.call("c3").at(Instant.parse("2027-06-01T21:59:59Z")).answered("a/x", 4),
				Records.call("c4").at(Instant.parse("2027-06-01T22:00:00Z")).answered("a/x", 8),
				Records.call("c5").at(Instant.parse("2027-06-30T22:00:00Z")).answered("a/x", 16));

		assertThat(this.reports.spend(SpendBy.DAY, CallFilter.of(JUNE)))
			.extracting(Spend::name, (spend) -> spend.cost().nanos())
			.containsExactly(tuple("2027-06-01", 6L), tuple("2027-06-02", 8L));
		assertThat(this.reports.total(CallFilter.of(JUNE)).cost()).isEqualTo(new Money(14));
	}

	@Test
	void callsAreFiltered() {
		keep(Records.call("c1")
			.route("support")
			.by("ada", "research")
			.tag("p", "1")
			.failed("a/x", 1)
			.answered("b/y", 2), Records.call("c2").route("code").by("bob", "sales").tag("p", "2").answered("a/x", 4));

		assertThat(found(ALL.route("support"))).containsExactly("c1");
		assertThat(found(ALL.team("sales"))).containsExactly("c2");
		assertThat(found(ALL.key("ada"))).containsExactly("c1");
		assertThat(found(ALL.model(ModelId.parse("a/x")))).containsExactly("c1", "c2");
		assertThat(found(ALL.model(ModelId.parse("b/y")))).containsExactly("c1");
		assertThat(found(ALL.tags(Map.of("p", "2")))).containsExactly("c2");
		assertThat(found(ALL.outcome("exhausted"))).isEmpty();
		assertThat(this.reports.spend(SpendBy.MODEL, ALL.model(ModelId.parse("a/x")))).singleElement()
			.extracting((spend) -> spend.cost().nanos())
			.isEqualTo(5L);
	}

	private List<String> found(CallFilter filter) {
		return this.reports.calls(filter, null, 100).stream().map(LedgerCall::id).toList();
	}

	@Test
	void callsAreGivenInPages() {
		// Some began in the same instant.
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 25; i++) {
			String id = String.format("c%02d", i);
			ids.add(id);
			this.ledger.ended(Records.call(id).at(Records.NOON.plusSeconds(i / 4)).answered("a/x", i).make());
		}
		await();

		List<String> found = new ArrayList<>();
		CallPosition after = null;
		for (List<LedgerCall> page = this.reports.calls(ALL, after, 10); !page.isEmpty(); page = this.reports.calls(ALL,
				after, 10)) {
			page.forEach((call) -> found.add(call.id()));
			assertThat(page).allSatisfy((call) -> assertThat(call.attempts()).hasSize(1));
			after = CallPosition.of(page.get(page.size() - 1));
		}

		assertThat(found).containsExactlyElementsOf(ids);
	}

	@Test
	void callsAreExportedAsJsonLines() throws IOException {
		keep(Records.call("c1").tag("project", "apollo").answered("a/x", 12),
				Records.call("c2").at(Records.NOON.plusSeconds(1)).answeredAtUnknownCost("b/y"));

		List<String> lines = export((out) -> new LedgerExport(this.database).jsonLines(ALL, out)).lines().toList();

		assertThat(lines).hasSize(2);
		JsonNode first = JsonMapper.shared().readTree(lines.get(0));
		assertThat(first.path("id").asString()).isEqualTo("c1");
		assertThat(first.path("startedAt").asString()).isEqualTo("2027-06-30T12:00:00Z");
		assertThat(first.path("costNanos").asLong()).isEqualTo(12);
		assertThat(first.path("tags").path("project").asString()).isEqualTo("apollo");
		assertThat(first.path("attempts").get(0).path("target").asString()).isEqualTo("a/x");
		assertThat(JsonMapper.shared().readTree(lines.get(1)).path("costNanos").isNull()).isTrue();
	}

	@Test
	void callsAreExportedAsCsvWithoutFormulas() throws IOException {
		keep(Records.call("c1").by("=HYPERLINK(\"http://evil\")", "a,b").tag("-1", "x;y").answered("a/x", 3_260_000),
				Records.call("c2").at(Records.NOON.plusSeconds(1)).answeredAtUnknownCost("b/y"));

		String csv = export((out) -> new LedgerExport(this.database).csv(ALL, out));

		assertThat(csv.split("\r\n")).containsExactly(
				"id,started_at,requested_route,route,rule,key,team,streamed,outcome,cache,answered_by,response_model,"
						+ "finish_reason,attempts,input_tokens,cached_input_tokens,cache_write_tokens,output_tokens,"
						+ "cost_usd,latency_ms,first_token_ms,tags",
				"\"c1\",2027-06-30T12:00:00Z,\"support\",\"support\",,\"'=HYPERLINK(\"\"http://evil\"\")\",\"a,b\",true,"
						+ "\"answered\",\"miss\",\"a/x\",\"model-2027\",\"stop\",1,100,0,0,20,0.00326,300,81,"
						+ "\"'-1=x;y\"",
				"\"c2\",2027-06-30T12:00:01Z,\"support\",\"support\",,\"anonymous\",,true,\"answered\",\"miss\","
						+ "\"b/y\",\"model-2027\",\"stop\",1,100,0,0,20,,300,81,");
	}

	@Test
	void anExportGoesOverManyPages() throws IOException {
		IntStream.range(0, 1234)
			.forEach((i) -> this.ledger
				.ended(Records.call("c" + i).at(Records.NOON.plusSeconds(i)).answered("a/x", 1).make()));
		await();

		assertThat(export((out) -> new LedgerExport(this.database).csv(ALL, out)).lines()).hasSize(1235);
	}

	private static String export(Export export) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		export.to(out);
		return out.toString(StandardCharsets.UTF_8);
	}

	@Test
	void oldCallsAreRemovedAFewAtATime() {
		IntStream.range(0, 95)
			.forEach((day) -> this.ledger.ended(Records.call("c" + day)
				.at(Records.NOON.minus(Duration.ofDays(day)))
				.tag("t", "x")
				.answered("a/x", 1)
				.make()));
		await();

		Retention retention = new Retention(this.database, Duration.ofDays(30), InstantSource.fixed(Records.NOON), 20);
		int steps = 1;
		while (retention.step()) {
			steps++;
		}

		assertThat(steps).isEqualTo(4);
		assertThat(this.reports.total(ALL).calls()).isEqualTo(31);
		assertThat(count("switchboard_attempt")).isEqualTo(31);
		assertThat(count("switchboard_tag")).isEqualTo(31);
		assertThat(retention.step()).as("until tomorrow").isFalse();
	}

	private long count(String table) {
		return this.database.client().sql("select count(*) from " + table).query(Long.class).single();
	}

	@Test
	void theLedgerRemovesOldCallsByItself() {
		keep(Records.call("old").at(Records.NOON.minus(Duration.ofDays(100))), Records.call("new"));
		this.ledger.close();

		this.ledger = ledger(new MemoryJournal(1024 * 1024), Duration.ofDays(90));

		Awaitility.await().untilAsserted(() -> assertThat(found(ALL)).containsExactly("new"));
	}

	private interface Export {

		void to(OutputStream out) throws IOException;

	}

}
