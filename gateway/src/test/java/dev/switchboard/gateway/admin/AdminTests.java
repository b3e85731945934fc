package dev.switchboard.gateway.admin;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import dev.switchboard.gateway.RunningGateway;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class AdminTests {

	private static final String[] ADMIN = { "Authorization", "Bearer root-key" };

	private static final int EACH = 4;

	private static final List<BigDecimal> COSTS = new ArrayList<>();

	private static RunningGateway gateway;

	@BeforeAll
	static void callAFewTimes() {
		gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"switchboard.routes.two.targets=openai/gpt-5.4", "switchboard.gateway.keys.root.hash={noop}root-key",
				"switchboard.gateway.keys.root.admin=true", "switchboard.gateway.keys.ann.hash={noop}ann-key",
				"switchboard.gateway.keys.ann.team=search");
		for (int i = 0; i < EACH; i++) {
			call("one", "ann-key", "project=alpha");
			call("two", "ann-key", "project=\"=beta\"".replace("\"", ""));
			call("two", "root-key", "project=alpha");
		}
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> spend("").at("/total/calls").asInt() == 3 * EACH);
	}

	@AfterAll
	static void close() {
		gateway.close();
	}

	private static void call(String route, String key, String tags) {
		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"" + route + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "Authorization",
				"Bearer " + key, "X-Switchboard-Tags", tags);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		COSTS.add(new BigDecimal(response.headers().firstValue("X-Switchboard-Cost").orElseThrow()));
	}

	private static JsonNode spend(String query) {
		HttpResponse<String> response = gateway.get("/switchboard/admin/spend" + query, ADMIN);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return RunningGateway.json(response);
	}

	private static List<String> names(JsonNode report) {
		return StreamSupport.stream(report.get("rows").spliterator(), false)
			.map((row) -> row.path("name").asString("none"))
			.toList();
	}

	@Test
	void whatTheAnswersSaidTheyCostIsTheSum() {
		BigDecimal said = COSTS.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
		JsonNode report = spend("");
		assertThat(new BigDecimal(report.at("/total/cost").asString())).isEqualByComparingTo(said).isPositive();
		assertThat(report.at("/total/unknown_cost_calls").asInt()).isZero();
		assertThat(report.at("/total/input_tokens").asInt()).isPositive();
		assertThat(report.get("currency").asString()).isEqualTo("USD");
		assertThat(report.get("zone").asString()).isEqualTo("UTC");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			?by=route       | two,one
			?by=key         | ann,root
			?by=team        | search,none
			?by=model       | openai/gpt-5.4,openai/gpt-5.4-mini
			?by=tag:project | alpha,=beta
			?by=route&key=root | two
			?by=key&tag.project=alpha | root,ann
			?by=team&model=openai/gpt-5.4-mini | search
			?by=route&from=2001-01-01&until=2001-12-31 |
			""")
	void spendIsToldByWhatIsAskedFor(String query, String names) {
		assertThat(names(spend(query))).containsExactlyInAnyOrder((names != null) ? names.split(",") : new String[0]);
	}

	@Test
	void spendByDayHasTheDayOfTheCalls() {
		assertThat(names(spend("?by=day&zone=UTC"))).isSubsetOf(LocalDate.now(ZoneOffset.UTC).minusDays(1).toString(),
				LocalDate.now(ZoneOffset.UTC).toString());
	}

	@Test
	void callsAreListedPageByPage() {
		List<String> ids = new ArrayList<>();
		String next = "";
		int pages = 0;
		while (next != null) {
			HttpResponse<String> response = gateway.get("/switchboard/admin/calls?limit=5" + next, ADMIN);
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			JsonNode page = RunningGateway.json(response);
			page.get("calls").forEach((call) -> {
				ids.add(call.get("id").asString());
				assertThat(call.get("outcome").asString()).isEqualTo("answered");
				assertThat(call.at("/attempts/0/cost").asString()).isEqualTo(call.get("cost").asString());
			});
			next = page.get("next").isString() ? "&after=" + page.get("next").asString() : null;
			pages++;
		}
		assertThat(pages).isEqualTo(3);
		assertThat(ids).hasSize(3 * EACH).doesNotHaveDuplicates();
	}

	@Test
	void callsAreExported() {
		HttpResponse<String> csv = gateway.get("/switchboard/admin/calls.csv?key=ann", ADMIN);
		assertThat(csv.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/csv"));
		assertThat(csv.body().lines()).hasSize(1 + 2 * EACH);
		HttpResponse<String> lines = gateway.get("/switchboard/admin/calls.jsonl?route=one", ADMIN);
		assertThat(lines.body().lines()).hasSize(EACH)
			.allSatisfy((line) -> assertThat(line).startsWith("{").contains("\"project\":\"alpha\""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/switchboard/admin/spend", "/switchboard/admin/calls", "/switchboard/admin/calls.csv",
			"/switchboard/admin/%73pend", "/switchboard/%61dmin/spend", "/switchboard/admin/nothing" })
	void onlyThoseWhoRunTheGatewayAreAnswered(String path) {
		HttpResponse<String> ann = gateway.get(path, "Authorization", "Bearer ann-key");
		assertThat(ann.statusCode()).isEqualTo(403);
		assertThat(ann.body()).contains("admin_required");
		assertThat(gateway.get(path).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@CsvSource({ "by=colour, by", "from=yesterday, from", "until=2027-02-30, until", "zone=Atlantis, zone",
			"from=2027-01-02&until=2026-12-31, until", "model=gpt, model", "teem=search, teem", "route=, route",
			"route=a&route=b, route" })
	void aMistakeInAQuestionIsTold(String query, String param) {
		HttpResponse<String> response = gateway.get("/switchboard/admin/spend?" + query, ADMIN);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(RunningGateway.json(response).at("/error/param").asString()).isEqualTo(param);
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=many", "after=there" })
	void aMistakeInAPageIsTold(String query) {
		assertThat(gateway.get("/switchboard/admin/calls?" + query, ADMIN).statusCode()).isEqualTo(400);
	}

	@Test
	void nothingElseIsThere() {
		assertThat(gateway.get("/switchboard/admin/nothing", ADMIN).statusCode()).isEqualTo(404);
		assertThat(gateway.post("/switchboard/admin/spend", "{}", ADMIN).statusCode()).isEqualTo(405);
	}

}
