package dev.jiggety.desktop.view.editor.form;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a new test begins with, and what goes with its kind. Pure. */
public final class NewTests {
  private static final int LONGEST_ID = 64;

  private static final Set<Target> OF_PAGES =
      EnumSet.of(
          Target.MILESTONE,
          Target.REQUESTS,
          Target.WEIGHT,
          Target.CONSOLE_ERRORS,
          Target.NETWORK_ERRORS);

  private static final List<Target> OF_TLS =
      List.of(
          Target.CERTIFICATE_DAYS,
          Target.CERTIFICATE_ISSUER,
          Target.CERTIFICATE_HOST,
          Target.PROTOCOL,
          Target.TOTAL,
          Target.PHASE);

  private NewTests() {}

  /** A GET of an address to be typed, which any status of 200 to 299 satisfies. */
  public static TestDefinition blank() {
    return TestDefinition.builder("", Check.Http.get("https://"))
        .name("")
        .assertions(List.of(Assertion.that(Target.STATUS, Assertion.Operator.IN, "200-299")))
        .build();
  }

  /** What can be looked at in the answer to a test of a kind, the usual ones first. */
  public static List<Target> subjects(String kind) {
    return switch (kind) {
      case Check.Http.KIND, Check.Script.KIND -> answers();
      case Check.Page.KIND -> {
        List<Target> all = new ArrayList<>(OF_PAGES);
        all.addAll(answers());
        yield all;
      }
      case Check.Tls.KIND -> OF_TLS;
      case Check.Tcp.KIND ->
          List.of(
              Target.TOTAL,
              Target.PHASE,
              Target.BODY,
              Target.CERTIFICATE_DAYS,
              Target.CERTIFICATE_ISSUER,
              Target.CERTIFICATE_HOST,
              Target.PROTOCOL);
      case Check.Dns.KIND -> List.of(Target.ANSWER, Target.TOTAL, Target.PHASE);
      default -> List.of(Target.values());
    };
  }

  private static List<Target> answers() {
    return Arrays.stream(Target.values())
        .filter(target -> !OF_PAGES.contains(target) && target != Target.ANSWER)
        .toList();
  }

  /** An id made from a name: lower-case letters, digits and hyphens; empty when nothing is left. */
  public static String id(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST_ID)).replaceAll("-$", "");
  }
}
