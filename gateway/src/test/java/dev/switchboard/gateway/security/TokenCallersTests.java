package dev.switchboard.gateway.security;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.switchboard.gateway.access.Allowed;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.access.ClaimMapping;
import dev.switchboard.gateway.access.Team;
import dev.switchboard.gateway.access.Teams;
import dev.switchboard.gateway.access.VirtualKey;
import dev.switchboard.gateway.access.VirtualKeys;
import dev.switchboard.gateway.security.TestGateway.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class TokenCallersTests {

	private static final KeyPair PROVIDER = keyPair();

	private static final String KEY_LIKE_A_TOKEN = "sk.gateway.0123456789";

	private static final AtomicBoolean reachable = new AtomicBoolean(true);

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		VirtualKeys keys = new VirtualKeys(
				List.of(VirtualKey.of("dotted", "{noop}" + KEY_LIKE_A_TOKEN, CallerAccess.LOCAL, null)),
				InstantSource.system());
		JwtDecoder decoder = NimbusJwtDecoder.withPublicKey((RSAPublicKey) PROVIDER.getPublic()).build();
		gateway = TestGateway.start((context) -> {
			context.registerBean(VirtualKeys.class, () -> keys);
			context.registerBean(Teams.class, () -> Map.of("banned",
					new Team("banned", Allowed.EVERYTHING, Allowed.EVERYTHING, Allowed.EVERYTHING, true), "capped",
					new Team("capped", new Allowed(List.of("cheap-*")), Allowed.NOTHING, Allowed.NOTHING, false))::get);
			context.registerBean(JwtDecoder.class, () -> (token) -> {
				if (!reachable.get()) {
					throw new JwtException("connection refused");
				}
				return decoder.decode(token);
			});
		}, "logging.level.org.springframework.security=TRACE", "logging.level.dev.switchboard=TRACE");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@Test
	void aTokenTellsWhoCallsAndWhatHeMayReach() {
		String token = signed(
				claims().claim("groups", List.of("research")).claim("switchboard_routes", "cheap-fast balanced"),
				PROVIDER);

		Answer answer = send(token);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("Caller[name=ada, group=research]")
			.contains("routes=[cheap-fast, balanced]")
			.contains("known to Spring as ada");
	}

	@Test
	void whoseTeamIsBlockedIsRefusedAndKeepsHisToken() {
		Answer answer = send(signed(claims().claim("groups", List.of("banned")), PROVIDER));

		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).contains("\"code\":\"team_blocked\"");
	}

	@Test
	void aTeamLimitsItsMembersHoweverTheyCall() {
		String token = signed(claims().claim("team", "capped").claim("switchboard_routes", "*"), PROVIDER);

		assertThat(send(token).body()).contains("group=capped").contains("routes=[cheap-*]");
	}

	@Test
	void keysWorkBesideTokensEvenWhenTheyLookLikeOne() {
		assertThat(send(KEY_LIKE_A_TOKEN).body()).contains("name=anonymous");
	}

	@Test
	void theApplicationsOtherPagesKeepSpringBootsResourceServer() {
		assertThat(gateway.send("GET /page").status()).isEqualTo(401);
		assertThat(gateway.send("GET /page", "Authorization: Bearer " + signed(claims(), PROVIDER)).body())
			.isEqualTo("a page of the application");
		assertThat(gateway.send("GET /page", "Authorization: Bearer " + KEY_LIKE_A_TOKEN).status()).isEqualTo(401);
	}

	@Test
	void aTokenOfSomebodyElseIsRefused() {
		assertRefused(signed(claims(), keyPair()), "signed by somebody else");
	}

	@Test
	void aTokenWithoutASignatureIsRefused() {
		String unsigned = new PlainJWT(claims().build()).serialize() + "x";

		assertRefused(unsigned, "malformed");
	}

	@Test
	void whatOnlyLooksLikeATokenIsRefused() {
		assertRefused("aaa.bbb.ccc", "malformed");
	}

	@Test
	void whatDoesNotLookLikeATokenIsAnUnknownKey() {
		assertRefused("aaa.bbb", "none that this gateway knows");
		assertRefused("aaa.bbb.ccc.ddd", "none that this gateway knows");
	}

	@Test
	void anExpiredTokenIsToldSo() {
		assertRefused(signed(claims().expirationTime(Date.from(Instant.parse("2020-01-01T00:00:00Z"))), PROVIDER),
				"Jwt expired");
	}

	@Test
	void aTokenOfNobodyIsRefused() {
		assertRefused(signed(new JWTClaimsSet.Builder().claim("team", "search"), PROVIDER),
				"claim 'sub' does not name the caller");
	}

	@Test
	void aTokenInTheApiKeyHeaderIsAnUnknownKey() {
		assertThat(gateway.send("GET /v1/models", "x-api-key: " + signed(claims(), PROVIDER)).body())
			.contains("none that this gateway knows");
	}

	@Test
	void nobodyIsLetInForBeingOnTheSameMachine() {
		assertThat(gateway.send("GET /v1/models").body()).contains("\"code\":\"key_required\"");
	}

	@Test
	void whileTheIdentityProviderIsAwayNobodyIsToldThatHisTokenIsBad(CapturedOutput output) {
		reachable.set(false);
		try {
			Answer answer = send(signed(claims(), PROVIDER));
			send(signed(claims(), PROVIDER));

			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.header("WWW-Authenticate")).isNull();
			assertThat(answer.body()).contains("\"code\":\"identity_provider_unavailable\"");
			assertThat(output.getOut()).containsOnlyOnce("Tokens cannot be checked");
		}
		finally {
			reachable.set(true);
		}
		assertThat(send(signed(claims(), PROVIDER)).status()).isEqualTo(200);
	}

	@Test
	void aDecoderThatCannotStartYetIsTheIdentityProvidersFault() {
		JwtBearerTokens tokens = new JwtBearerTokens((token) -> {
			throw new JwtDecoderInitializationException("not yet", new IllegalStateException());
		}, ClaimMapping.DEFAULT);

		assertThat(tokens.identify("aaa.bbb.ccc")).isInstanceOfSatisfying(Identification.Refused.class,
				(refused) -> assertThat(refused.status()).isEqualTo(503));
	}

	@Test
	void noLogShowsAToken(CapturedOutput output) {
		String good = signed(claims(), PROVIDER);
		String bad = signed(claims(), keyPair());
		send(good);
		send(bad);

		assertThat(output).contains("Securing GET /v1/models").doesNotContain(good).doesNotContain(bad);
	}

	private static void assertRefused(String token, String reason) {
		Answer answer = send(token);
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(answer.body()).contains("\"code\":\"key_invalid\"").contains(reason).doesNotContain(token);
	}

	private static Answer send(String token) {
		return gateway.send("GET /v1/models", "Authorization: Bearer " + token);
	}

	private static JWTClaimsSet.Builder claims() {
		return new JWTClaimsSet.Builder().subject("ada");
	}

	private static String signed(JWTClaimsSet.Builder claims, KeyPair keys) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims.build());
			token.sign(new RSASSASigner(keys.getPrivate()));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyPair keyPair() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
