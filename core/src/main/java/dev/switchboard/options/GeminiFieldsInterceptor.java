package dev.switchboard.options;

import java.io.IOException;

import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/**
 * Puts {@link GeminiFields} into the requests of a model that sends through OkHttp.
 * Loaded only where a provider's jar brings that.
 */
public final class GeminiFieldsInterceptor implements Interceptor {

	@Override
	public Response intercept(Chain chain) throws IOException {
		Request request = chain.request();
		String fields = GeminiFields.take();
		RequestBody body = request.body();
		if (fields == null || body == null) {
			return chain.proceed(request);
		}
		Buffer buffer = new Buffer();
		body.writeTo(buffer);
		byte[] merged = GeminiFields.merge(buffer.readByteArray(), fields);
		return chain.proceed(
				request.newBuilder().method(request.method(), RequestBody.create(merged, body.contentType())).build());
	}

}
