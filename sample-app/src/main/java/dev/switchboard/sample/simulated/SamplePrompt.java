package dev.switchboard.sample.simulated;

import java.util.List;

/**
 * A prompt that the page suggests, and what a simulated model has to say to it.
 *
 * @param label what the page calls it
 * @param route the route that suits it
 * @param prompt the prompt
 * @param picture whether it comes with a picture
 * @param answer the answer
 */
public record SamplePrompt(String label, String route, String prompt, boolean picture, String answer) {

	private static final List<SamplePrompt> ALL = List.of(
			new SamplePrompt("Sort a ticket", "cheap-fast",
					"Is this about delivery, payment or a return? “My parcel came with a broken lid and I'd like to "
							+ "send it back.”",
					false,
					"It is about a return. The parcel arrived, so delivery itself is done, and money is not mentioned. "
							+ "The customer wants to send a damaged item back: offer a return label and a "
							+ "replacement, and ask for a photo of the lid."),
			new SamplePrompt("Write to a customer", "best-quality",
					"Write two friendly sentences to a customer whose order is three days late.", false,
					"Thank you for your patience: your order left our warehouse this morning, three days later than we "
							+ "promised, and it should be with you by Friday. We are sorry for the wait and have taken "
							+ "the shipping cost off your bill."),
			new SamplePrompt("Explain a term", "balanced", "Explain a circuit breaker to a new colleague.", false,
					"A circuit breaker watches the calls to a service. When too many of the last ones failed, it opens: "
							+ "for a while nobody calls the service at all, which spares the callers a useless wait "
							+ "and lets the service recover. Then a few trial calls pass. If they succeed the breaker "
							+ "closes again; if not, it stays open a little longer."),
			new SamplePrompt("Review code", "code", "What is wrong with `if (list.size() > 0 & list.get(0) != null)`?",
					false,
					"The single ampersand does not stop after its left side. For an empty list `list.get(0)` is "
							+ "evaluated all the same and throws an IndexOutOfBoundsException. Write `&&`, and say "
							+ "`!list.isEmpty()` instead of comparing the size: it reads better and is never slower."),
			new SamplePrompt("Look at a picture", "auto", "What do you see in this picture?", true,
					"A low sun over a calm sea, drawn in flat stripes: a pale sky that turns yellow towards the horizon, "
							+ "an orange disc, and dark green water below it. There are no people, no text and no "
							+ "shore, so it could be anywhere on the west coast of anything."));

	/**
	 * All suggestions.
	 * @return the suggestions, in the order of the page
	 */
	public static List<SamplePrompt> all() {
		return ALL;
	}

}
