package dev.switchboard.gateway.admin;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers one question.
 */
@FunctionalInterface
interface AdminEndpoint {

	/**
	 * Answers.
	 * @param request a GET request
	 * @param response where the answer is written
	 * @throws dev.switchboard.gateway.wire.RefusedRequestException if it asks for what
	 * there is not
	 * @throws org.springframework.dao.DataAccessException if the database is away
	 */
	void get(HttpServletRequest request, HttpServletResponse response) throws IOException;

}
