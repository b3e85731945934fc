package dev.switchboard.store.ledger;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls as JSON: in the journal, and in what is exported. What a newer version has added
 * is not read, and what an older one did not know has no value.
 */
final class CallCodec {

	private final ObjectWriter writer;

	private final ObjectReader reader;

	CallCodec() {
		JsonMapper mapper = JsonMapper.builder()
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.build();
		this.writer = mapper.writerFor(LedgerCall.class);
		this.reader = mapper.readerFor(LedgerCall.class);
	}

	byte[] write(LedgerCall call) {
		return this.writer.writeValueAsBytes(call);
	}

	/**
	 * Reads a call.
	 * @throws JacksonException if it is none
	 * @throws IllegalArgumentException if it lacks what tells it from others
	 */
	LedgerCall read(byte[] json) {
		LedgerCall call = this.reader.readValue(json);
		if (call == null || call.id() == null || call.startedAt() == null) {
			throw new IllegalArgumentException("A call has an identifier and a time");
		}
		return call;
	}

}
