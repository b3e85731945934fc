package dev.switchboard.docs;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference of the properties names every one of them.
 */
class PropertiesReferenceTests {

	private static final String BEGIN = "<!-- properties: written from the records, kept by a test -->";

	@Test
	void theReferenceNamesEveryProperty() throws Exception {
		String page = String.join("\n", Document.of("docs/reference/properties.md").lines());
		assertThat(page).contains(BEGIN);
		assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length()).strip() + "\n")
			.as("docs/reference/properties.md; replace what follows the mark by what the test expects")
			.isEqualTo(tables());
	}

	@Test
	void theReferenceLeavesNoMeaningOut() throws Exception {
		assertThat(tables()).doesNotContain("| null |");
	}

	private static String tables() throws Exception {
		return PropertiesReference.tables("autoconfigure", "dev.switchboard.autoconfigure.SwitchboardProperties",
				"switchboard")
				+ "\n"
				+ PropertiesReference
					.tables("gateway", "dev.switchboard.gateway.autoconfigure.GatewayProperties", "switchboard.gateway")
				+ "\n"
				+ PropertiesReference.tables("store", "dev.switchboard.store.autoconfigure.StoreProperties",
						"switchboard.store")
				+ "\n"
				+ PropertiesReference.tables("store", "dev.switchboard.store.autoconfigure.LedgerProperties",
						"switchboard.ledger")
				+ "\n" + PropertiesReference.tables("redis", "dev.switchboard.redis.autoconfigure.RedisProperties",
						"switchboard.redis");
	}

}
