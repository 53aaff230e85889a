package dev.jiggety.couch;

import java.io.IOException;
import java.net.SocketException;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a server says that refuses a long body in the middle of it (413, say) and hangs up:
 * its answer tells more than that the line was cut (RFC 9112, 9.5).
 */
final class EarlyAnswers extends HttpRequestExecutor {

  @Override
  protected @Nullable HttpResponse doSendRequest(
      HttpRequest request, HttpClientConnection connection, HttpContext context)
      throws IOException, HttpException {
    try {
      return super.doSendRequest(request, connection, context);
    } catch (SocketException cut) {
      try {
        HttpResponse answer = connection.receiveResponseHeader();
        if (answer.getStatusLine().getStatusCode() >= 400) {
          connection.receiveResponseEntity(answer);
          return answer;
        }
      } catch (IOException | HttpException silent) {
        cut.addSuppressed(silent);
      }
      throw cut;
    }
  }
}
