package dev.switchboard.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * The signatures that providers put on reasoning and check when it comes back. The same
 * reasoning always gets the same signature.
 */
final class Signatures {

	private static final int PROOF = 24;

	private static final String CALL = "signature-";

	/** What Google wants where a function call was made by another model. */
	private static final Set<String> WAIVERS = Set.of("skip_thought_signature_validator",
			"context_engineering_is_the_way_to_go");

	private Signatures() {
	}

	/**
	 * The signature of a thinking block: a digest of the text, and one of that digest.
	 */
	static String ofReasoning(String reasoning) {
		byte[] proof = Arrays.copyOf(digest(reasoning.getBytes(StandardCharsets.UTF_8)), PROOF);
		byte[] signature = Arrays.copyOf(proof, 32);
		System.arraycopy(digest(proof), 0, signature, PROOF, signature.length - PROOF);
		return Base64.getEncoder().encodeToString(signature);
	}

	/**
	 * Whether a signature was made here, and for this text where the text is shown at
	 * all.
	 */
	static boolean isGenuine(String signature, String shownReasoning) {
		byte[] bytes = decode(signature);
		if (bytes.length != 32) {
			return false;
		}
		byte[] proof = Arrays.copyOf(bytes, PROOF);
		boolean made = Arrays.equals(Arrays.copyOf(digest(proof), bytes.length - PROOF),
				Arrays.copyOfRange(bytes, PROOF, bytes.length));
		return made && (shownReasoning.isEmpty() || ofReasoning(shownReasoning).equals(signature));
	}

	/** The signature of a function call. */
	static String ofCall(Reply reply) {
		return Base64.getEncoder().encodeToString(reply.id(CALL).getBytes(StandardCharsets.UTF_8));
	}

	/** Whether a function call's signature was made here, or waives the check. */
	static boolean isGenuineCall(String signature) {
		String text = new String(decode(signature), StandardCharsets.UTF_8);
		return text.startsWith(CALL) || WAIVERS.contains(text) || WAIVERS.contains(signature);
	}

	private static byte[] decode(String signature) {
		try {
			return Base64.getDecoder().decode(signature);
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

	private static byte[] digest(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
