package dev.switchboard.sample.simulated;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.DefaultAnswer;
import dev.switchboard.simulator.chat.Role;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.ToolResult;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a simulated model of the demo answers: a few sentences at a pace that can be read,
 * the tool calls and the JSON that the examples need. All models begin alike and name
 * themselves at the end, so that a broken stream can be taken up by another.
 */
@Component
class SimulatedAnswers implements Function<ChatRequest, Answer> {

	private static final int CHUNK = 6;

	private static final Pattern ROUTE = Pattern.compile("through the route '([^']+)'");

	/** What Claude Code tells the model before what its user says. */
	private static final Pattern REMINDERS = Pattern.compile("<system-reminder>.*?</system-reminder>", Pattern.DOTALL);

	private static final Pattern ORDER = Pattern.compile("\\b\\d{4}\\b");

	private final Function<ChatRequest, Answer> otherwise = new DefaultAnswer();

	private final JsonMapper json;

	private final Duration pace;

	SimulatedAnswers(JsonMapper json, @Value("${demo.pace:35ms}") Duration pace) {
		this.json = json;
		this.pace = pace;
	}

	@Override
	public Answer apply(ChatRequest request) {
		Answer answer = hasOrderTool(request) ? assistant(request) : text(request);
		return answer.inChunksOf(CHUNK).paced(this.pace);
	}

	/** Those who come through the gateway have tools of their own, and schemas too. */
	private static boolean hasOrderTool(ChatRequest request) {
		return !request.tools().isEmpty() && request.tools().get(0).name().equals("orderStatus");
	}

	private Answer text(ChatRequest request) {
		String asked = REMINDERS.matcher(request.lastUserText()).replaceAll("").strip();
		String system = request.systemText();
		if (system.contains("Classify")) {
			return Answer.text(category(asked));
		}
		if (system.contains("invoice")) {
			return Answer.text(invoice(asked));
		}
		if (request.outputSchema() != null || request.jsonWanted()) {
			return this.otherwise.apply(request);
		}
		return Answer.text(body(asked, system) + signature(request));
	}

	private Answer assistant(ChatRequest request) {
		if (request.lastRole() == Role.TOOL) {
			return Answer.text(aboutOrder(request.toolResults().get(0)) + signature(request));
		}
		Matcher number = ORDER.matcher(request.lastUserText());
		if (number.find()) {
			return Answer.toolCalls(ToolCall.of(request.tools().get(0).name(), Map.of("orderNumber", number.group())));
		}
		for (int i = request.messages().size() - 1; i >= 0; i--) {
			Matcher earlier = ORDER.matcher(request.messages().get(i).text());
			if (earlier.find()) {
				return Answer.text("We were talking about order " + earlier.group()
						+ ". Is there anything else that you would like to know about it?" + signature(request));
			}
		}
		return Answer.text("Gladly. What is the number of your order? It has four digits." + signature(request));
	}

	private String aboutOrder(ToolResult result) {
		JsonNode order = this.json.readTree(result.text());
		String text = "Order " + order.path("orderNumber").asString("") + " is "
				+ order.path("status").asString("unknown");
		String delivery = order.path("delivery").asString("");
		return text + (delivery.isEmpty() ? "." : ", and should be with you on " + delivery + ".");
	}

	private static String category(String ticket) {
		String text = ticket.toLowerCase(Locale.ROOT);
		if (text.contains("return") || text.contains("send it back") || text.contains("broken")) {
			return "return";
		}
		if (text.contains("paid") || text.contains("invoice") || text.contains("charged")) {
			return "payment";
		}
		return (text.contains("parcel") || text.contains("late") || text.contains("arrive")) ? "delivery" : "other";
	}

	private String invoice(String text) {
		return this.json.createObjectNode()
			.put("number", first(text, "(?i)invoice\\s+(?:no\\.?\\s*)?([\\w-]*\\d[\\w-]*)", "unknown"))
			.put("customer", first(text, "(?i)\\b(?:to|for)\\s+((?:[A-Z][\\w&.]*\\s?)+)", "unknown").strip())
			.put("total", first(text, "(\\d+[.]\\d{2})\\b", "0.00"))
			.put("currency", first(text, "\\b(EUR|USD|GBP|CHF)\\b", "EUR"))
			.put("due", first(text, "(\\d{4}-\\d{2}-\\d{2})", "2026-12-31"))
			.toString();
	}

	private static String first(String text, String regex, String otherwise) {
		Matcher matcher = Pattern.compile(regex).matcher(text);
		return matcher.find() ? matcher.group(1) : otherwise;
	}

	private static String body(String asked, String system) {
		for (SamplePrompt sample : SamplePrompt.all()) {
			if (sample.prompt().equals(asked.strip())) {
				return sample.answer();
			}
		}
		if (system.contains("warm reply")) {
			return "Thank you for writing to us, and sorry for the trouble. We have looked into it and will put it "
					+ "right today; you will hear from us as soon as it is done.";
		}
		return "You asked: “" + shortened(asked.strip()) + "” A simulated model cannot know, but it streams its answer "
				+ "like a real one: token by token, over HTTP, in its provider's own dialect, with the usage at the "
				+ "end. Everything between you and the provider is what would run in production: the client, "
				+ "the route, its policy, its breakers and its cache.";
	}

	private static String shortened(String text) {
		return (text.length() > 120) ? text.substring(0, 119) + "…" : text;
	}

	private static String signature(ChatRequest request) {
		Matcher route = ROUTE.matcher(request.systemText());
		return "\n\n— " + request.model() + " at " + request.provider()
				+ (route.find() ? ", asked through the route " + route.group(1) : "");
	}

}
