package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.io.IOException;
import org.htmlunit.FailingHttpStatusCodeException;

/** What it means when HtmlUnit throws. */
final class Troubles {
  private static final int LONGEST = 200;

  private Troubles() {}

  static Failure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Limits.WireException wire) {
        return wire.failure();
      }
      if (cause instanceof StackOverflowError) {
        return Limits.limit("the page nests too deeply");
      }
      if (cause instanceof FailingHttpStatusCodeException status
          && String.valueOf(status.getMessage()).contains("Too many redirects")) {
        return new Failure(ErrorKind.PROTOCOL, null, "more than 20 redirects");
      }
    }
    if (thrown instanceof IOException) {
      return new Failure(ErrorKind.PROTOCOL, null, "the page cannot be read: " + line(thrown));
    }
    return new Failure(
        ErrorKind.INTERNAL,
        null,
        "HtmlUnit cannot cope with the page; try engine: chromium. It says: " + line(thrown));
  }

  private static String line(Throwable thrown) {
    String text = thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
