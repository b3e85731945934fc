package dev.switchboard.options;

import java.io.IOException;

import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/**
 * Minds {@link ThinkingReplay#HEADER} for a model that sends through OkHttp. Loaded only
 * where a provider's jar brings that.
 */
public final class ThinkingReplayInterceptor implements Interceptor {

	@Override
	public Response intercept(Chain chain) throws IOException {
		Request request = chain.request();
		String header = request.header(ThinkingReplay.HEADER);
		RequestBody body = request.body();
		if (header == null || body == null) {
			return chain.proceed(request);
		}
		Buffer buffer = new Buffer();
		body.writeTo(buffer);
		byte[] restored = ThinkingReplay.restore(buffer.readByteArray(), header);
		return chain.proceed(request.newBuilder()
			.removeHeader(ThinkingReplay.HEADER)
			.method(request.method(), RequestBody.create(restored, body.contentType()))
			.build());
	}

}
