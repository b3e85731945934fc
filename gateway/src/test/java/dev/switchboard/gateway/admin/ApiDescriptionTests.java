package dev.switchboard.gateway.admin;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.switchboard.gateway.RunningGateway;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is described is what there is, and what is answered is what is described.
 */
class ApiDescriptionTests {

	private static final String PREFIX = "/switchboard/admin";

	private static RunningGateway gateway;

	private static Desk desk;

	private static String text;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"switchboard.gateway.keys.root.hash={noop}root-key", "switchboard.gateway.keys.root.admin=true",
				"switchboard.budgets.each.for.key=*", "switchboard.budgets.each.limit=5.00",
				"switchboard.budgets.each.per=day", "switchboard.limits.calm.requests=1000");
		desk = new Desk(gateway, "root-key");
		text = desk.send("GET", "/openapi.json", null).body();
	}

	@AfterAll
	static void close() {
		gateway.close();
	}

	private static OpenAPI parsed() {
		SwaggerParseResult result = new OpenAPIV3Parser().readContents(text, null, null);
		assertThat(result.getMessages()).isEmpty();
		return result.getOpenAPI();
	}

	@Test
	void itIsForThoseWhoRunTheGateway() {
		assertThat(new Desk(gateway, null).send("GET", "/openapi.json", null).statusCode()).isEqualTo(401);
	}

	@Test
	void everyPathAndMethodIsDescribedAndNoOther() {
		Map<String, Set<String>> there = new LinkedHashMap<>();
		gateway.context()
			.getBeansOfType(SimpleUrlHandlerMapping.class)
			.values()
			.forEach((mapping) -> mapping.getUrlMap().forEach((path, handler) -> {
				if (path.startsWith(PREFIX)) {
					there.put(path, new TreeSet<>(((AdminHandler) handler).methods()));
				}
			}));
		Map<String, Set<String>> described = new LinkedHashMap<>();
		parsed().getPaths().forEach((path, item) -> described.put(path, methods(item)));

		assertThat(described).hasSizeGreaterThan(15).containsExactlyInAnyOrderEntriesOf(there);
	}

	private static Set<String> methods(PathItem item) {
		Set<String> methods = new TreeSet<>();
		item.readOperationsMap().keySet().forEach((method) -> methods.add(method.name()));
		return methods;
	}

	@Test
	void everyOperationHasAWordOfItsOwnAndASummary() {
		List<Operation> operations = parsed().getPaths()
			.values()
			.stream()
			.flatMap((item) -> item.readOperations().stream())
			.toList();
		assertThat(operations).extracting(Operation::getOperationId).doesNotHaveDuplicates().doesNotContainNull();
		assertThat(operations).extracting(Operation::getSummary).doesNotContainNull();
	}

	@Test
	void everyAnswerIsAsDescribed() {
		desk.ask(201, "PUT", "/teams/search", "{}");
		String key = desk.make("ci", "{\"team\":\"search\",\"expires\":\"2099-01-01T00:00:00Z\"}");
		assertThat(desk.call(key)).isEmpty();
		Awaitility.await().until(() -> desk.get("/spend").at("/total/calls").asInt() == 1);

		verify("Team", desk.get("/teams/search"));
		verify("Teams", desk.get("/teams?limit=1"));
		verify("NewKey", desk.ask(201, "PUT", "/keys/new", "{}"));
		verify("Key", desk.ask(200, "PUT", "/keys/new", "{}"));
		verify("NewKey", desk.ask(200, "POST", "/keys/new/rotate", "{\"overlap\":\"1h\"}"));
		verify("Key", desk.post("/keys/new/block"));
		verify("Key", desk.get("/keys/root"));
		verify("Keys", desk.get("/keys?limit=2"));
		verify("Deleted", desk.ask(200, "DELETE", "/keys/new", null));
		verify("Audit", desk.get("/audit"));
		verify("Spend", desk.get("/spend?by=key"));
		verify("Calls", desk.get("/calls"));
		JsonNode budgets = desk.get("/budgets");
		assertThat(budgets.at("/budgets/0/accounts")).isNotEmpty();
		verify("Budgets", budgets);
		verify("Budget", desk.ask(201, "PUT", "/budgets/new",
				"{\"for\":{\"tags\":{\"a\":\"b\"}},\"limit\":5,\"per\":\"day\",\"soft_limit\":\"80%\"}"));
		verify("Limit", desk.ask(201, "PUT", "/limits/new", "{\"requests\":5}"));
		verify("Limits", desk.get("/limits"));
		verify("Route", desk.ask(201, "PUT", "/routes/one", "{\"targets\":[\"openai/gpt-5.4\"]}"));
		verify("Routes", desk.get("/routes"));
		verify("Deleted", desk.ask(200, "DELETE", "/limits/new", null));
		verify("Error", desk.ask(404, "GET", "/keys/new", null));
		verify("Error", desk.ask(400, "GET", "/keys?x=1", null));
	}

	@Test
	void whatIsAskedForIsAsDescribed() {
		assertThat(errors("KeySpec", "{\"admin\":true,\"team\":null,\"routes\":[\"*\"]}")).isEmpty();
		assertThat(errors("KeySpec", "{\"blocked\":true}")).isNotEmpty();
		assertThat(errors("BudgetSpec",
				"{\"for\":{\"key\":\"*\"},\"limit\":5.5,\"soft_limit\":\"80%\",\"per\":\"day\",\"zone\":\"UTC\","
						+ "\"on_limit\":\"one\",\"on_stream\":\"cut\",\"unknown_price\":\"allow\"}"))
			.isEmpty();
		assertThat(errors("BudgetSpec", "{\"limit\":5.5}")).isNotEmpty();
		assertThat(errors("LimitSpec", "{\"for\":{\"team\":\"x\"},\"tokens\":5,\"per\":\"hour\"}")).isEmpty();
		assertThat(errors("RouteSpec", "{\"targets\":[]}")).isNotEmpty();
		assertThat(errors("Key", "{\"name\":\"ci\"}")).as("the schemas can fail").isNotEmpty();
	}

	@Test
	void everyParameterIsTaken() {
		parsed().getPaths().forEach((path, item) -> {
			Operation get = item.getGet();
			if (get == null || get.getParameters() == null || path.contains("{")) {
				return;
			}
			List<String> names = new ArrayList<>();
			get.getParameters()
				.forEach((parameter) -> names.add((parameter.get$ref() != null)
						? parameter.get$ref().replaceAll(".*/", "").toLowerCase(Locale.ROOT) : parameter.getName()));
			for (String name : names) {
				HttpResponse<String> response = desk.send("GET",
						path.substring(PREFIX.length()) + "?" + name + "=" + example(path, name), null);
				assertThat(response.statusCode()).as(path + " " + name + " " + response.body()).isEqualTo(200);
			}
		});
	}

	private static String example(String path, String name) {
		return switch (name) {
			case "from" -> "2020-01-01T00:00:00Z";
			case "until" -> "2090-12-31";
			case "zone" -> "UTC";
			case "by" -> "route";
			case "limit" -> "5";
			case "blocked" -> "true";
			case "model" -> "openai/gpt-5.4";
			case "after" -> path.endsWith("/calls") ? "2027-01-01T00:00:00Z_x" : "1";
			default -> "x";
		};
	}

	private static void verify(String schema, JsonNode answer) {
		assertThat(errors(schema, answer.toString())).as(schema + " " + answer).isEmpty();
	}

	private static List<Error> errors(String name, String json) {
		ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(text);
		ObjectNode whole = JsonMapper.shared().createObjectNode();
		whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
		whole.put("$ref", "#/components/schemas/" + name);
		whole.set("components", document.get("components"));
		Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(whole.toString(), InputFormat.JSON);
		return schema.validate(json, InputFormat.JSON);
	}

}
