package dev.switchboard.gateway.front;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.HttpRequestHandler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists what a caller may name as a model: his routes, their aliases, and the models that
 * he may name past them, with what the catalog knows of them. In OpenAI's shape, or in
 * Anthropic's for those who send that wire's version.
 */
final class ModelList implements HttpRequestHandler {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String OWNER = "switchboard";

	private final String path;

	private final boolean anthropic;

	private final Function<HttpServletRequest, CallerAccess> callers;

	private final RouteEngine engine;

	private final TargetClients clients;

	private final ModelCatalog catalog;

	private final Destinations destinations;

	private final ErrorWriter errors;

	private final Instant since;

	ModelList(String path, boolean anthropic, DoorParts parts, RouteEngine engine, TargetClients clients,
			ModelCatalog catalog, ErrorWriter errors) {
		this.path = path;
		this.anthropic = anthropic;
		this.callers = parts.callers();
		this.engine = engine;
		this.clients = clients;
		this.catalog = catalog;
		this.destinations = parts.destinations();
		this.errors = errors;
		this.since = parts.clock().instant();
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
			response.setHeader("Allow", "GET, HEAD");
			this.errors.write(request, response,
					problem(405, "method_not_allowed", "This endpoint takes GET requests"));
			return;
		}
		List<Entry> entries = entries(this.callers.apply(request));
		boolean asAnthropic = this.anthropic || request.getHeader("anthropic-version") != null;
		String uri = request.getRequestURI().substring(request.getContextPath().length());
		String id = (uri.length() > this.path.length() + 1)
				? URLDecoder.decode(uri.substring(this.path.length() + 1), StandardCharsets.UTF_8) : "";
		ObjectNode answer = null;
		if (id.isEmpty()) {
			answer = asAnthropic ? anthropicList(Page.of(entries, request)) : openAiList(entries);
		}
		else {
			Entry found = entries.stream().filter((entry) -> entry.id().equals(id)).findFirst().orElse(null);
			if (found != null) {
				answer = asAnthropic ? anthropic(found) : openAi(found);
			}
		}
		if (answer == null) {
			this.errors.write(request, response,
					problem(404, "unknown_route", "There is no model of that name for this key"));
			return;
		}
		byte[] body = MAPPER.writeValueAsBytes(answer);
		response.setContentType("application/json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private static GatewayError problem(int status, String code, String message) {
		return new GatewayError(status, code, message, null, null, RequestIds.random());
	}

	private List<Entry> entries(CallerAccess access) {
		List<Entry> entries = new ArrayList<>();
		for (Route route : this.engine.routes().routes()) {
			if (access.mayUse(route.name())) {
				entries.add(entry(route));
			}
		}
		List<Entry> aliases = new ArrayList<>();
		for (Map.Entry<String, String> alias : this.destinations.namedAliases().entrySet()) {
			entries.stream()
				.filter((entry) -> entry.id().equals(alias.getValue()))
				.findFirst()
				.ifPresent((entry) -> aliases.add(entry.as(alias.getKey())));
		}
		entries.addAll(aliases);
		this.catalog.models()
			.entrySet()
			.stream()
			.filter((known) -> access.mayUse(known.getKey()) && this.clients.isConfigured(known.getKey().provider()))
			.map((known) -> new Entry(known.getKey().toString(), "", List.of(known.getValue()), true))
			.sorted(Comparator.comparing(Entry::id))
			.forEach(entries::add);
		return entries;
	}

	private Entry entry(Route route) {
		List<ModelCard> cards = new ArrayList<>();
		boolean allKnown = true;
		if (route instanceof ModelRoute models) {
			for (Target target : models.targets()) {
				ModelCard card = this.catalog.find(target.model());
				if (card != null) {
					cards.add(card);
				}
				allKnown &= card != null;
			}
		}
		return new Entry(route.name().value(), route.description(), cards, allKnown);
	}

	private ObjectNode openAiList(List<Entry> entries) {
		ObjectNode list = MAPPER.createObjectNode().put("object", "list");
		ArrayNode data = list.putArray("data");
		entries.forEach((entry) -> data.add(openAi(entry)));
		return list;
	}

	private ObjectNode openAi(Entry entry) {
		ObjectNode model = MAPPER.createObjectNode()
			.put("id", entry.id())
			.put("object", "model")
			.put("created", this.since.getEpochSecond())
			.put("owned_by", OWNER);
		capabilities(model, entry);
		return model;
	}

	private ObjectNode anthropicList(Page page) {
		List<Entry> entries = page.entries();
		ObjectNode list = MAPPER.createObjectNode();
		ArrayNode data = list.putArray("data");
		entries.forEach((entry) -> data.add(anthropic(entry)));
		list.put("has_more", page.more());
		list.put("first_id", entries.isEmpty() ? null : entries.get(0).id());
		list.put("last_id", entries.isEmpty() ? null : entries.get(entries.size() - 1).id());
		return list;
	}

	private ObjectNode anthropic(Entry entry) {
		ObjectNode model = MAPPER.createObjectNode()
			.put("type", "model")
			.put("id", entry.id())
			.put("display_name", entry.id())
			.put("created_at", this.since.toString());
		capabilities(model, entry);
		return model;
	}

	/** What every target of a route can do, as any of them may answer. */
	private static void capabilities(ObjectNode model, Entry entry) {
		if (!entry.description().isEmpty()) {
			model.put("description", entry.description());
		}
		if (entry.cards().isEmpty()) {
			return;
		}
		put(model, "context_window", least(entry.cards(), ModelCard::contextWindow));
		put(model, "max_output_tokens", least(entry.cards(), ModelCard::maxOutputTokens));
		Set<Modality> input = common(entry.cards(), ModelCard::input);
		input.add(Modality.TEXT);
		put(model, "input_modalities", input);
		put(model, "output_modalities", common(entry.cards(), ModelCard::output));
		ArrayNode features = model.putArray("supported_features");
		if (entry.cards().stream().allMatch(ModelCard::tools)) {
			features.add("tools");
		}
		if (entry.cards().stream().allMatch((card) -> Boolean.TRUE.equals(card.parallelTools()))) {
			features.add("parallel_tools");
		}
		if (entry.cards().stream().allMatch(ModelCard::structuredOutput)) {
			features.add("structured_output");
		}
		if (entry.cards().stream().allMatch(ModelCard::reasoning)) {
			features.add("reasoning");
		}
		LocalDate deprecated = entry.deprecated();
		if (deprecated != null) {
			model.put("deprecated", deprecated.toString());
		}
	}

	private static Set<Modality> common(List<ModelCard> cards, Function<ModelCard, Set<Modality>> modalities) {
		Set<Modality> common = new TreeSet<>(List.of(Modality.values()));
		cards.forEach((card) -> common.retainAll(modalities.apply(card)));
		return common;
	}

	private static void put(ObjectNode model, String name, Set<Modality> modalities) {
		ArrayNode words = model.putArray(name);
		modalities.forEach((modality) -> words.add(modality.name().toLowerCase(Locale.ROOT)));
	}

	private static @Nullable Integer least(List<ModelCard> cards, Function<ModelCard, @Nullable Integer> number) {
		Integer least = null;
		for (ModelCard card : cards) {
			Integer own = number.apply(card);
			if (own != null && (least == null || own < least)) {
				least = own;
			}
		}
		return least;
	}

	private static void put(ObjectNode model, String name, @Nullable Integer number) {
		if (number != null) {
			model.put(name, number);
		}
	}

	/**
	 * Something that may be named as a model.
	 *
	 * @param id its name
	 * @param description what it is for; may be empty
	 * @param cards what is known of those that may answer
	 * @param allKnown whether there are no others
	 */
	private record Entry(String id, String description, List<ModelCard> cards, boolean allKnown) {

		Entry as(String alias) {
			return new Entry(alias, this.description, this.cards, this.allKnown);
		}

		/** From when on none of them may answer; as long as one does, this goes on. */
		@Nullable LocalDate deprecated() {
			List<LocalDate> days = this.cards.stream().map(ModelCard::deprecated).filter(Objects::nonNull).toList();
			return (this.allKnown && days.size() == this.cards.size())
					? days.stream().max(Comparator.naturalOrder()).orElse(null) : null;
		}

	}

	/**
	 * A part of the list on Anthropic's wire. Its libraries don't believe that there is
	 * no more: they go on asking for what follows the last entry until nothing does.
	 *
	 * @param entries the part
	 * @param more whether there is more in the direction of the reading
	 */
	private record Page(List<Entry> entries, boolean more) {

		static Page of(List<Entry> all, HttpServletRequest request) {
			int limit = limit(request.getParameter("limit"));
			String after = request.getParameter("after_id");
			String before = request.getParameter("before_id");
			if (before != null) {
				int to = Math.max(0, indexOf(all, before));
				int from = Math.max(0, to - limit);
				return new Page(all.subList(from, to), from > 0);
			}
			int from = (after != null) ? indexOf(all, after) + 1 : 0;
			if (after != null && from == 0) {
				return new Page(List.of(), false);
			}
			int to = (all.size() - from > limit) ? from + limit : all.size();
			return new Page(all.subList(from, to), to < all.size());
		}

		private static int indexOf(List<Entry> entries, String id) {
			return entries.stream().map(Entry::id).toList().indexOf(id);
		}

		private static int limit(@Nullable String asked) {
			return (asked != null && asked.matches("[1-9][0-9]{0,5}")) ? Integer.parseInt(asked) : Integer.MAX_VALUE;
		}

	}

}
