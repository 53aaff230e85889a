package dev.jiggety.agent.browser.htmlunit;

import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.Page;
import org.htmlunit.ScriptException;
import org.htmlunit.WebClient;
import org.htmlunit.WebConsole;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.javascript.JavaScriptErrorListener;
import org.jspecify.annotations.Nullable;

/** What pages say and ask: errors of scripts, the console, dialogs. Safe for any thread. */
final class Journal implements JavaScriptErrorListener {
  private static final int MOST_MESSAGES = 40;
  private static final int TOO_MANY_DIALOGS = 1000;
  private static final int LONGEST = 300;

  private final Limits limits;
  private final List<String> messages = new ArrayList<>();
  private int errors;
  private int asked;

  Journal(Limits limits) {
    this.limits = limits;
  }

  /** Hears what the client's pages say. */
  void listen(WebClient client) {
    client.setJavaScriptErrorListener(this);
    client.getWebConsole().setLogger(new Console());
    client.setAlertHandler((page, text) -> dialog("alert: " + text));
    client.setConfirmHandler((page, text) -> {
      dialog("confirm: " + text);
      return false;
    });
    client.setPromptHandler((page, text, preset) -> {
      dialog("prompt: " + text);
      return null;
    });
    client.setOnbeforeunloadHandler((Page page, String text) -> {
      dialog("beforeunload: " + text);
      return true;
    });
    client.setPrintHandler(page -> dialog("print"));
  }

  /** A page begins. */
  synchronized void begin() {
    messages.clear();
    errors = 0;
    asked = 0;
  }

  synchronized int errors() {
    return errors;
  }

  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  private synchronized void dialog(String text) {
    asked++;
    note(text);
    if (asked > TOO_MANY_DIALOGS) {
      limits.overstep(Limits.limit("more than " + TOO_MANY_DIALOGS + " dialogs in one page"));
    }
  }

  synchronized void error(String text) {
    errors++;
    note(text);
  }

  private void note(String text) {
    if (messages.size() < MOST_MESSAGES) {
      messages.add(line(text));
    }
  }

  @Override
  public void scriptException(HtmlPage page, ScriptException exception) {
    Throwable cause = exception.getCause();
    String what =
        cause instanceof StackOverflowError
            ? "too much recursion"
            : String.valueOf(exception.getMessage());
    error("script: " + what);
  }

  @Override
  public void timeoutError(HtmlPage page, long allowedTime, long executionTime) {
    limits.scriptTookTooLong();
  }

  @Override
  public void malformedScriptURL(HtmlPage page, String url, MalformedURLException exception) {
    error("script: no address: " + url);
  }

  @Override
  public void loadScriptError(HtmlPage page, URL url, Exception exception) {
    error("script: not loaded: " + url);
  }

  @Override
  public void warn(
      String message, String sourceName, int line, @Nullable String lineSource, int lineOffset) {
    // A warning is no error.
  }

  private static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** Errors on the console count, all else passes. */
  private final class Console implements WebConsole.Logger {
    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return false;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    public void trace(Object message) {
      // Not an error.
    }

    @Override
    public void debug(Object message) {
      // Not an error.
    }

    @Override
    public void info(Object message) {
      // Not an error.
    }

    @Override
    public void warn(Object message) {
      // Not an error.
    }

    @Override
    public void error(Object message) {
      Journal.this.error("console: " + message);
    }
  }
}
