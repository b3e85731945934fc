package dev.switchboard.gateway.wire.anthropic;

import org.springframework.ai.content.Media;

/**
 * Takes what content blocks say, in their order.
 */
interface ContentSink {

	void text(String text);

	void media(Media media);

}
