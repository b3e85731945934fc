package dev.switchboard.gateway.admin;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers the requests of one method at one path.
 */
@FunctionalInterface
interface AdminEndpoint {

	/**
	 * Answers.
	 * @param request a request of that method; one of GET may be one of HEAD
	 * @param response where the answer is written
	 * @throws dev.switchboard.gateway.wire.RefusedRequestException if it asks for what
	 * there is not
	 * @throws org.springframework.dao.DataAccessException if the database is away
	 */
	void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;

}
