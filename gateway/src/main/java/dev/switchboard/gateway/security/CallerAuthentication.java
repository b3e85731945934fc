package dev.switchboard.gateway.security;

import java.util.List;

import dev.switchboard.call.Caller;
import dev.switchboard.gateway.access.CallerAccess;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * A caller of the gateway as Spring Security sees him. What he may reach,
 * {@link #access()} tells; those who run the gateway have the authority {@link #ADMIN}.
 */
public final class CallerAuthentication extends AbstractAuthenticationToken {

	/** The role of those who run the gateway. */
	public static final String ADMIN = "ROLE_SWITCHBOARD_ADMIN";

	private static final List<GrantedAuthority> ADMINS = AuthorityUtils.createAuthorityList(ADMIN);

	private static final String ATTRIBUTE = CallerAuthentication.class.getName();

	private final transient CallerAccess access;

	/**
	 * A caller who has been let in.
	 * @param access who he is and what he may reach
	 */
	public CallerAuthentication(CallerAccess access) {
		super(access.admin() ? ADMINS : AuthorityUtils.NO_AUTHORITIES);
		this.access = access;
		super.setAuthenticated(true);
	}

	/**
	 * Who sent a request, and what he may reach.
	 * @param request a request that has passed the gateway's filter chain
	 * @return the caller
	 * @throws IllegalStateException if it has not
	 */
	public static CallerAccess accessOf(HttpServletRequest request) {
		CallerAuthentication caller = find(request);
		if (caller == null) {
			throw new IllegalStateException("The request has not passed the gateway's security, so nobody knows who "
					+ "calls: its path is missing in GatewaySecurity, or Spring Security's filter is switched off");
		}
		return caller.access;
	}

	/**
	 * Who calls and what he may reach.
	 * @return the caller
	 */
	public CallerAccess access() {
		return this.access;
	}

	@Override
	public String getName() {
		return this.access.caller().name();
	}

	@Override
	public Caller getPrincipal() {
		return this.access.caller();
	}

	/**
	 * Nothing: what was presented is not kept.
	 */
	@Override
	public @Nullable Object getCredentials() {
		return null;
	}

	static @Nullable CallerAuthentication find(HttpServletRequest request) {
		return (CallerAuthentication) request.getAttribute(ATTRIBUTE);
	}

	void rememberIn(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

}
