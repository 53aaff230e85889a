package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.jiggety.base.Secret;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.EvidenceRules;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

  /** The ways by which a text comes into a sample. */
  enum Way {
    PLAIN {
      @Override
      String write(String text) {
        return text;
      }
    },
    FORM {
      @Override
      String write(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
      }
    },
    ADDRESS {
      @Override
      String write(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
      }
    },
    ADDRESS_IN_ADDRESS {
      @Override
      String write(String text) {
        return ADDRESS.write(ADDRESS.write(text));
      }
    },
    JSON {
      @Override
      String write(String text) {
        return new JsonPrimitive(text).toString();
      }
    },
    JSON_IN_JSON {
      @Override
      String write(String text) {
        return JSON.write(JSON.write(text));
      }
    },
    HTML {
      @Override
      String write(String text) {
        return text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
      }
    },
    HTML_BY_NUMBERS {
      @Override
      String write(String text) {
        StringBuilder html = new StringBuilder();
        text.codePoints()
            .forEach(c -> html.append("&#x").append(Integer.toHexString(c)).append(";"));
        return html.toString();
      }
    },
    CAPITALS {
      @Override
      String write(String text) {
        return text.toUpperCase(Locale.ROOT);
      }
    };

    abstract String write(String text);
  }

  @Property(tries = 300)
  void aSecretNeverAppearsInABatchWhateverTextItStandsIn(
      @ForAll("secrets") String secret,
      @ForAll Way way,
      @ForAll("surroundings") String before,
      @ForAll("surroundings") String behind) {
    Sample masked =
        Masking.of(List.of(Secret.of(secret)))
            .mask(everywhere(before + way.write(secret) + behind));
    assertThat(written(masked)).doesNotContain(secret).doesNotContain(way.write(secret));
    assertThat(masked.failure().text()).contains(before).contains("*****");
  }

  @Property(tries = 300)
  void neitherInBase64(
      @ForAll("secrets") String secret,
      @ForAll("surroundings") String before,
      @ForAll("surroundings") String behind) {
    byte[] bytes = (before + secret + behind).getBytes(StandardCharsets.UTF_8);
    Masking masking = Masking.of(List.of(Secret.of(secret)));
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      String masked = masking.mask("Authorization: Basic " + encoder.encodeToString(bytes));
      assertThat(masked).contains("*****").startsWith("Authorization: Basic ");
      assertThat(masked.length()).isLessThan(60 + 2 * (before.length() + behind.length()) * 4);
    }
  }

  @Property(tries = 300)
  void norWhereATextIsCutWithinIt(@ForAll("secrets") String secret, @ForAll Way way) {
    Masking masking = Masking.of(List.of(Secret.of(secret)));
    String written = "key=" + way.write(secret);
    for (int end = 4; end < written.length(); end++) {
      for (String rest : List.of("", "…")) {
        String masked = masking.mask(written.substring(0, end) + rest);
        assertThat(masked.toLowerCase(Locale.ROOT))
            .doesNotContain(secret.substring(0, 5).toLowerCase(Locale.ROOT));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing of it | nothing of it
          s3cr3t/+key | *****
          user s3cr3t/+key. | user *****.
          s3cr3t%2F%2Bkey&x | *****&x
          S3CR3T/+KEY | *****
          s3cr3t\\/\\u002bkey | *****
          s3cr3 | *****
          s3cr3t/… and more | *****… and more
          s3cr3 is an old word | s3cr3 is an old word
          s3c | s3c
          """)
  void masks(String text, String masked) {
    assertThat(Masking.of(List.of(Secret.of("s3cr3t/+key"))).mask(text)).isEqualTo(masked);
  }

  @Test
  void theLongerOneOfTwoIsHiddenFirst() {
    Masking masking = Masking.of(List.of(Secret.of("abcd"), Secret.of("abcdefgh")));
    assertThat(masking.mask("abcdefgh abcdx")).isEqualTo("***** *****x");
  }

  @Test
  void aKeyOfManyLinesIsHiddenLineByLine() {
    String key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n";
    Masking masking = Masking.of(List.of(Secret.of(key)));
    assertThat(masking.mask("found AQEFAASCBKcwggSjAgEAAoIB there")).isEqualTo("found ***** there");
    assertThat(masking.mask(key.replace('\n', ' '))).isEqualTo("*****");
  }

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings()
        .withChars("abcXYZ019 \"'\\/<>&%+=?#äö€😀;:{}".toCharArray())
        .ofMinLength(4)
        .ofMaxLength(20)
        .map(text -> "zQ" + text.replace("\ud83d", "").replace("\ude00", "") + "Qz7")
        .filter(text -> !text.contains("  "));
  }

  @Provide
  Arbitrary<String> surroundings() {
    return Arbitraries.strings().withChars("rstu-_. ").ofMaxLength(12);
  }

  @Test
  void aPictureIsLeftOutWhereThereIsAnythingToHide() {
    Sample plain = everywhere("harmless");
    Findings found = plain.findings();
    Evidence evidence = found.evidence();
    Sample pictured =
        new Sample(
            plain.startedAt(),
            plain.total(),
            plain.phases(),
            plain.status(),
            plain.bytes(),
            plain.hops(),
            plain.failure(),
            plain.hiccup(),
            new Findings(
                found.steps(),
                found.chunks(),
                found.page(),
                new Evidence(
                    evidence.url(),
                    evidence.status(),
                    evidence.headers(),
                    evidence.body(),
                    evidence.forms(),
                    evidence.links(),
                    new Picture("image/png", "iVBO"),
                    evidence.leftOut())));
    assertThat(Masking.NONE.mask(pictured).findings().evidence().picture()).isNotNull();
    assertThat(
            Masking.of(List.of(Secret.of("another")))
                .mask(pictured)
                .findings()
                .evidence()
                .picture())
        .isNull();
  }

  private static String written(Sample sample) {
    Run run =
        EvidenceRules.bounded(
            new Run("t", "n", AT, Duration.ZERO, List.of(sample), List.of(sample), Verdict.DOWN));
    return BatchDocument.TYPE.write(new Batch("n", "s", 1, AT, List.of(run), List.of())).toString();
  }

  /** A sample in which the text stands in every place where a text can stand. */
  private static Sample everywhere(String text) {
    Failure failure = new Failure(ErrorKind.ASSERTION, null, text);
    PageLoad.Resource resource =
        new PageLoad.Resource(text, text, 200, 1, Duration.ZERO, Duration.ZERO, false);
    return new Sample(
        AT,
        Duration.ZERO,
        Phases.NONE,
        200,
        1,
        List.of(new Hop(text, 200, Phases.NONE)),
        failure,
        Duration.ZERO,
        new Findings(
            List.of(new Step(text, 1, Duration.ZERO, Duration.ZERO, Phases.NONE, failure, text)),
            List.of(),
            new PageLoad(text, Map.of(), 1, 1, List.of(resource), 1, 1, List.of(text)),
            new Evidence(
                text,
                200,
                List.of(new Header(text, text)),
                text,
                List.of(text),
                List.of(text),
                null,
                List.of(text))));
  }
}
