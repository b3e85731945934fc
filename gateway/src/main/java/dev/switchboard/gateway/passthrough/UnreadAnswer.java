package dev.switchboard.gateway.passthrough;

/**
 * Stands for an answer that tells nothing about itself.
 */
final class UnreadAnswer implements AnswerReader {

	private final AnswerFacts facts = new AnswerFacts();

	@Override
	public int read(byte[] bytes, int offset, int length) {
		return 0;
	}

	@Override
	public AnswerFacts end() {
		return this.facts;
	}

}
