package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.switchboard.gateway.key.Administrator;
import dev.switchboard.gateway.key.IssuedKey;
import dev.switchboard.gateway.key.KeyAdmin;
import dev.switchboard.gateway.key.KeySpec;
import dev.switchboard.gateway.key.KeyView;
import dev.switchboard.store.key.Reach;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests about keys.
 */
final class KeyRequests {

	private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

	private final KeyAdmin keys;

	private final ChangeRequests changes;

	KeyRequests(KeyAdmin keys, ChangeRequests changes) {
		this.keys = keys;
		this.changes = changes;
	}

	void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Parameters parameters = Parameters.of(request, "team", "blocked", Parameters.LIMIT, Parameters.AFTER);
		String team = parameters.text("team");
		Boolean blocked = parameters.flag("blocked");
		List<KeyView> found = this.keys.keys()
			.stream()
			.filter((key) -> team == null || team.equals(key.team()))
			.filter((key) -> blocked == null || blocked == key.blocked())
			.toList();
		Page<KeyView> page = Page.of(found, KeyView::name, parameters);
		AdminJson.write(response, new Keys(page.elements(), page.next()));
	}

	void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Parameters.of(request);
		AdminJson.write(response, this.keys.key(ChangeRequests.name(request)));
	}

	void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
		AdminBody body = AdminBody.read(request, Set.of("team", "routes", "models", "passthrough", "admin", "expires"));
		Administrator admin = this.changes.insistent(request);
		KeySpec spec = new KeySpec(body.text("team"), reach(body, List.of()), body.flag("admin"),
				body.instant("expires"));
		IssuedKey issued = this.keys.put(ChangeRequests.name(request), spec, admin);
		if (issued.secret() != null) {
			response.setStatus(HttpServletResponse.SC_CREATED);
		}
		write(response, issued);
	}

	/** What may be reached; routes are open unless something else is said. */
	static Reach reach(AdminBody body, List<String> others) {
		return new Reach(body.list("routes", List.of("*")), body.list("models", others),
				body.list("passthrough", others));
	}

	void block(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ChangeRequests.requireNoBody(request);
		AdminJson.write(response, this.keys.block(ChangeRequests.name(request), true, this.changes.insistent(request)));
	}

	void unblock(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ChangeRequests.requireNoBody(request);
		AdminJson.write(response, this.keys.block(ChangeRequests.name(request), false, this.changes.plain(request)));
	}

	void expire(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Instant at = AdminBody.read(request, Set.of("at")).instant("at");
		AdminJson.write(response, this.keys.expire(ChangeRequests.name(request), at, this.changes.insistent(request)));
	}

	void rotate(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Duration overlap = AdminBody.read(request, Set.of("overlap")).duration("overlap", LONGEST_OVERLAP);
		write(response, this.keys.rotate(ChangeRequests.name(request), overlap, this.changes.plain(request)));
	}

	void delete(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ChangeRequests.requireNoBody(request);
		String name = ChangeRequests.name(request);
		ChangeRequests.deleted(response, name, this.keys.delete(name, this.changes.insistent(request)));
	}

	private static void write(HttpServletResponse response, IssuedKey issued) throws IOException {
		ObjectNode answer = AdminJson.tree(issued.view());
		if (issued.secret() != null) {
			answer.put("key", issued.secret().reveal());
		}
		AdminJson.write(response, answer);
	}

	/** The answer; {@code next} is what to ask after, if there are more. */
	record Keys(List<KeyView> keys, @Nullable String next) {
	}

}
