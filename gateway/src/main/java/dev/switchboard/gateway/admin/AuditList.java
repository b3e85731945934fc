package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.switchboard.gateway.key.KeyDesk;
import dev.switchboard.store.change.AuditEntry;
import dev.switchboard.store.change.AuditFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what, a page at a time, in the order in which it was done.
 */
final class AuditList implements AdminEndpoint {

	private static final String NAME = "name";

	private final KeyDesk desk;

	AuditList(KeyDesk desk) {
		this.desk = desk;
	}

	@Override
	public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Parameters parameters = Parameters.of(request, "from", "until", "zone", NAME, Parameters.LIMIT,
				Parameters.AFTER);
		parameters.zone();
		// A last day is part of it.
		AuditFilter filter = new AuditFilter(parameters.instant("from", 0), parameters.instant("until", 1),
				parameters.text(NAME));
		int limit = parameters.limit();
		List<AuditEntry.Numbered> found = this.desk.audit(filter, after(parameters.text(Parameters.AFTER)), limit + 1);
		List<AuditEntry.Numbered> page = found.subList(0, Math.min(limit, found.size()));
		String next = (found.size() > limit) ? Long.toString(page.get(limit - 1).number()) : null;
		AdminJson.write(response, new Audit(page.stream().map(Entry::of).toList(), next));
	}

	private static long after(@Nullable String text) {
		try {
			return (text != null) ? Long.parseLong(text) : 0;
		}
		catch (NumberFormatException ex) {
			throw Parameters.noPlace();
		}
	}

	/** The answer; {@code next} is what to ask after, if there are more. */
	record Audit(List<Entry> entries, @Nullable String next) {
	}

	/** A change; its details were written as JSON. */
	record Entry(long entry, Instant time, String who, String what, String kind, String name,
			@JsonRawValue String details) {

		static Entry of(AuditEntry.Numbered numbered) {
			AuditEntry entry = numbered.entry();
			return new Entry(numbered.number(), entry.time(), entry.who(), entry.what(), entry.kind(), entry.name(),
					entry.details());
		}

	}

}
