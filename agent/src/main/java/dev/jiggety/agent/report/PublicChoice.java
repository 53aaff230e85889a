package dev.jiggety.agent.report;

import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tests the public may see, and in what order.
 *
 * @param tag tests that have it are shown; null for all
 * @param groups the groups, in order; a test belongs to the first whose tag it has
 * @param addresses whether it is shown what tests look at
 */
public record PublicChoice(@Nullable String tag, List<Group> groups, boolean addresses) {
  /** What the others are called when there are groups. */
  private static final String OTHERS = "Other services";

  private static final String ONLY = "Services";

  public PublicChoice {
    groups = List.copyOf(groups);
  }

  /** A tag that makes a group, and what the group is called. */
  public record Group(String tag, String name) {

    /** Reads {@code tag} or {@code tag=Name}. */
    public static Group parse(String text) {
      int equals = text.indexOf('=');
      return equals < 0
          ? new Group(text, text)
          : new Group(text.substring(0, equals), text.substring(equals + 1).strip());
    }
  }

  /** Whether a test is shown. One that is switched off is not. */
  boolean shows(TestDefinition test) {
    return test.active() && (tag == null || test.tags().contains(tag));
  }

  /** The name of its group. */
  String groupOf(TestDefinition test) {
    return groups.stream()
        .filter(group -> test.tags().contains(group.tag()))
        .map(Group::name)
        .findFirst()
        .orElse(groups.isEmpty() ? ONLY : OTHERS);
  }

  /** All names of groups, in the order in which they are shown. */
  List<String> order() {
    List<String> names = new ArrayList<>();
    groups.forEach(group -> names.add(group.name()));
    names.add(groups.isEmpty() ? ONLY : OTHERS);
    return names;
  }

  /** What it looks at, without user, query and fragment; null where that is not to be shown. */
  @Nullable String addressOf(TestDefinition test) {
    return addresses && test.check() instanceof Check.Http http ? plain(http.url()) : null;
  }

  private static @Nullable String plain(String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      return host == null ? null : host + (uri.getPath().equals("/") ? "" : uri.getPath());
    } catch (IllegalArgumentException e) {
      return null; // a placeholder may stand in it, as for a secret
    }
  }
}
