package dev.switchboard.gateway.security;

import java.util.function.Function;

import dev.switchboard.gateway.access.KeyStore;
import dev.switchboard.gateway.access.Teams;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * The filter chain of the gateway's paths: keys, tokens where an identity provider is
 * configured, and without either of them callers on the same machine only.
 * <p>
 * Nothing of Spring Security's usual chain is left that an API without sessions does not
 * need, because every request pays for every filter. What the application does to all its
 * chains by a {@code Customizer} bean of its own, it does to this one too, except for
 * what is switched off here.
 */
public final class GatewaySecurity {

	/**
	 * Where the chain stands among those of the application: before any that takes every
	 * path, with room for one that is to come first.
	 */
	public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	private static final String CORS_SOURCE = "corsConfigurationSource";

	private final GatewayPaths paths;

	private final KeyStore keys;

	private final @Nullable BearerTokens tokens;

	private final CallerSource presented;

	private final CallerSource local = new LocalCallers();

	private final ErrorWriter errors;

	private final Function<HttpServletRequest, String> requestIds;

	/**
	 * Says who is let in. As long as there are neither keys nor tokens, only callers on
	 * the same machine are.
	 * @param paths the gateway's paths
	 * @param keys where keys are looked up
	 * @param teams where teams are looked up
	 * @param tokens who reads the tokens of an identity provider; {@code null} if nobody
	 * does
	 * @param errors writes what is said to those who are not let in
	 * @param requestIds the identifier of a request, for errors
	 */
	public GatewaySecurity(GatewayPaths paths, KeyStore keys, Teams teams, @Nullable BearerTokens tokens,
			ErrorWriter errors, Function<HttpServletRequest, String> requestIds) {
		this.paths = paths;
		this.keys = keys;
		this.tokens = tokens;
		this.presented = new PresentedKeys(keys, teams, tokens);
		this.errors = errors;
		this.requestIds = requestIds;
	}

	/**
	 * Whether only callers on the same machine are let in, which an operator should be
	 * told. That ends with the first key.
	 * @return whether there are neither keys nor tokens at present
	 */
	public boolean isLocalOnly() {
		return this.tokens == null && this.keys.presence() == KeyStore.Presence.NONE;
	}

	private Identification identify(HttpServletRequest request) {
		return (isLocalOnly() ? this.local : this.presented).identify(request);
	}

	/**
	 * Makes the chain.
	 * @param http a builder of Spring Security's, used for nothing else
	 * @return the chain, to be registered with the order {@link #ORDER}
	 */
	public SecurityFilterChain configure(HttpSecurity http) {
		ApplicationContext context = http.getSharedObject(ApplicationContext.class);
		cors(http, context);
		return http.securityMatcher(this.paths)
			.csrf(AbstractHttpConfigurer::disable)
			.headers(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.securityContext(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.exceptionHandling(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.servletApi(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.formLogin(AbstractHttpConfigurer::disable)
			.httpBasic(AbstractHttpConfigurer::disable)
			.addFilterBefore(new CallerFilter(this::identify, this.errors, this.requestIds, contexts(context)),
					AuthorizationFilter.class)
			.build();
	}

	// Spring Security's own default would fall back to what Spring MVC knows of CORS, and
	// ask it at every request.
	private static void cors(HttpSecurity http, ApplicationContext context) {
		CorsConfigurationSource source = context.containsBean(CORS_SOURCE)
				? context.getBean(CORS_SOURCE, CorsConfigurationSource.class)
				: context.getBeanProvider(UrlBasedCorsConfigurationSource.class).getIfUnique();
		http.cors((source != null) ? (cors) -> cors.configurationSource(source) : AbstractHttpConfigurer::disable);
	}

	private static SecurityContextHolderStrategy contexts(ApplicationContext context) {
		return context.getBeanProvider(SecurityContextHolderStrategy.class)
			.getIfUnique(SecurityContextHolder::getContextHolderStrategy);
	}

}
