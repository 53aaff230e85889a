package dev.jiggety.agent.judge;

import dev.jiggety.model.Check.Header;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phases;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came back, as far as the kind of test knows of it. What a probe does not fill in was not
 * there: an assertion on it finds nothing.
 *
 * @param status the last HTTP status; 0 for none
 * @param headers those of the last answer, in order
 * @param body as text, as much as was kept; null where the kind of test has none
 * @param complete whether {@code body} is all of it
 * @param bytes size of the body over the wire
 * @param total the time of the measurement
 * @param phases its phases
 * @param certificate of the server; null without TLS
 * @param protocols what was spoken, like {@code h2} and {@code TLSv1.3}
 * @param answers those of a name server, one text each; null for other kinds of test
 * @param page how the page loaded; null for other kinds of test
 */
public record Answer(
    int status,
    List<Header> headers,
    @Nullable String body,
    boolean complete,
    long bytes,
    Duration total,
    Phases phases,
    @Nullable Certificate certificate,
    List<String> protocols,
    @Nullable List<String> answers,
    @Nullable PageLoad page) {

  public Answer {
    headers = List.copyOf(headers);
    protocols = List.copyOf(protocols);
    answers = answers == null ? null : List.copyOf(answers);
  }

  /**
   * What a server showed of itself.
   *
   * @param days whole days until the first certificate of the chain expires, negative when one has
   * @param issuer the distinguished name of who issued the server's own, RFC 2253
   * @param hosts the names and addresses that it is for, as they stand in it: {@code *.example.com}
   */
  public record Certificate(long days, String issuer, List<String> hosts) {
    public Certificate {
      hosts = List.copyOf(hosts);
    }
  }

  /** An answer of which nothing is known yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts of an {@link Answer}. Not thread-safe. */
  public static final class Builder {
    private int status;
    private List<Header> headers = List.of();
    private @Nullable String body;
    private boolean complete = true;
    private long bytes;
    private Duration total = Duration.ZERO;
    private Phases phases = Phases.NONE;
    private @Nullable Certificate certificate;
    private List<String> protocols = List.of();
    private @Nullable List<String> answers;
    private @Nullable PageLoad page;

    private Builder() {}

    public Builder status(int value) {
      status = value;
      return this;
    }

    public Builder headers(List<Header> value) {
      headers = value;
      return this;
    }

    /** The body as text, all of it or its beginning. */
    public Builder body(String text, boolean isComplete) {
      body = text;
      complete = isComplete;
      return this;
    }

    /** The size of the body over the wire. */
    public Builder bytes(long value) {
      bytes = value;
      return this;
    }

    public Builder total(Duration value) {
      total = value;
      return this;
    }

    public Builder phases(Phases value) {
      phases = value;
      return this;
    }

    public Builder certificate(@Nullable Certificate value) {
      certificate = value;
      return this;
    }

    public Builder protocols(List<String> value) {
      protocols = value;
      return this;
    }

    public Builder answers(List<String> value) {
      answers = value;
      return this;
    }

    public Builder page(PageLoad value) {
      page = value;
      return this;
    }

    /** The answer. */
    public Answer build() {
      return new Answer(
          status,
          headers,
          body,
          complete,
          bytes,
          total,
          phases,
          certificate,
          protocols,
          answers,
          page);
    }
  }
}
