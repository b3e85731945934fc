package dev.switchboard.sample.demo;

import org.springframework.util.StringUtils;

/**
 * What the page asks.
 *
 * @param route the route's name
 * @param prompt the user's words
 * @param enterprise whether the user belongs to group {@code enterprise}
 * @param fresh whether a remembered answer won't do
 * @param picture whether a picture is attached
 */
record Question(String route, String prompt, boolean enterprise, boolean fresh, boolean picture) {

	Question {
		if (!StringUtils.hasText(route) || !StringUtils.hasText(prompt)) {
			throw new IllegalArgumentException("A question has a route and a prompt");
		}
	}

}
