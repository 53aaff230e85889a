package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.AgentRelease;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.TrustedKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with a release of the agent, place by place, and whom one may be taken from. */
public final class ReleaseRules {
  /** No bundle is larger, packed; a node takes no more from anybody. */
  public static final long LARGEST = 512L << 20;

  /** Nor unpacked. */
  public static final long LARGEST_UNPACKED = 1L << 30;

  /** A hub takes such a piece whatever its limits are, and what a cut costs is not more. */
  public static final int LARGEST_PART = 4 << 20;

  private static final int MOST_BUNDLES = 16;
  private static final Pattern VERSION = Pattern.compile("[0-9a-z][0-9a-z.+-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+-[a-z0-9_]+");

  private ReleaseRules() {}

  /** Whether a release can be called so. */
  public static boolean isVersion(String version) {
    return VERSION.matcher(version).matches() && !version.contains("..");
  }

  /** Everything that is wrong; empty when nodes can run it. */
  public static List<Problem> problems(AgentChoice choice) {
    List<Problem> problems = new ArrayList<>();
    version(choice.version(), problems);
    digest("digest", choice.digest(), problems);
    return List.copyOf(problems);
  }

  /** Everything that is wrong; empty when it can be published. */
  public static List<Problem> problems(AgentRelease release) {
    List<Problem> problems = new ArrayList<>();
    version(release.version(), problems);
    AgentRelease.Data data = release.data();
    if (data.reads() < 1 || data.reads() > data.schema() || data.leaves() > data.schema()) {
      problems.add(new Problem("data", "reads and leaves must be from 1 to its schema"));
    }
    if (release.bundles().isEmpty() || release.bundles().size() > MOST_BUNDLES) {
      problems.add(new Problem("bundles", "must be 1 to " + MOST_BUNDLES));
    }
    Set<String> platforms = new HashSet<>();
    for (AgentRelease.Bundle bundle : release.bundles()) {
      if (!PLATFORM.matcher(bundle.platform()).matches() || !platforms.add(bundle.platform())) {
        problems.add(new Problem("bundles", "each has a platform of its own, like linux-x64"));
      }
      bundle(bundle, problems);
    }
    return List.copyOf(problems);
  }

  private static void bundle(AgentRelease.Bundle bundle, List<Problem> problems) {
    String place = "bundles." + bundle.platform();
    digest(place + ".sha256", bundle.sha256(), problems);
    long sum = 0;
    for (AgentRelease.Part part : bundle.parts()) {
      digest(place + ".parts", part.sha256(), problems);
      if (part.size() < 1 || part.size() > LARGEST_PART) {
        problems.add(new Problem(place + ".parts", "a part has 1 to " + LARGEST_PART + " bytes"));
      }
      sum += part.size();
    }
    if (sum != bundle.size()) {
      problems.add(new Problem(place + ".size", "its parts have " + sum + " bytes together"));
    }
    if (bundle.size() < 1 || bundle.size() > LARGEST) {
      problems.add(new Problem(place + ".size", "must be at most " + Sizes.format(LARGEST)));
    }
    if (bundle.unpacked() < 1 || bundle.unpacked() > LARGEST_UNPACKED) {
      problems.add(
          new Problem(place + ".unpacked", "must be at most " + Sizes.format(LARGEST_UNPACKED)));
    }
  }

  /**
   * Why a node whose data has that schema, and whose program makes that schema, must not take the
   * release; empty when it may.
   */
  public static Optional<String> unfit(AgentRelease.Data data, int found, int own) {
    if (found < data.reads()) {
      return Optional.of(
          "it reads data from schema %d on, and this node's has %d; go by a release in between"
              .formatted(data.reads(), found));
    }
    if (own < data.leaves()) {
      return Optional.of(
          "what runs here (schema %d) could not go on with what it leaves; go by a release in"
                  .formatted(own)
              + " between");
    }
    return Optional.empty();
  }

  /**
   * What is wrong with who signed a patch: an operator may change everything, whoever makes
   * releases only which of them nodes run.
   */
  public static Optional<Problem> signer(TrustedKey key, Collection<Change> changes) {
    return switch (key.role()) {
      case OPERATOR -> Optional.empty();
      case RELEASE ->
          changes.stream()
              .map(Change::target)
              .filter(target -> !target.equals("agent"))
              .findFirst()
              .map(target ->
                  new Problem(
                      target,
                      "is not for %s to change, who is trusted for releases of the agent alone"
                          .formatted(key.name())));
      case MANAGER ->
          Optional.of(new Problem("signature", key.name() + " is trusted as a manager alone"));
    };
  }

  /**
   * Why somebody may not ask that of a rollout; empty where it is allowed. An operator may ask
   * everything, whoever makes releases may hold the rollouts of these and say yes or no to none.
   */
  public static Optional<String> commander(TrustedKey key, Cause.Act act, Rollout rollout) {
    return switch (key.role()) {
      case OPERATOR -> Optional.empty();
      case RELEASE -> {
        boolean isOfReleases =
            rollout.riders().stream().allMatch(rider -> rider.targets().equals(Set.of("agent")));
        boolean isVote = act == Cause.Act.APPROVE || act == Cause.Act.DENY;
        yield isOfReleases && !isVote
            ? Optional.empty()
            : Optional.of(
                "%s is trusted for releases of the agent alone: an operator has to ask for that"
                    .formatted(key.name()));
      }
      case MANAGER -> Optional.of(key.name() + " is trusted as a manager alone");
    };
  }

  private static void version(String version, List<Problem> problems) {
    if (!isVersion(version)) {
      problems.add(
          new Problem(
              "version",
              "\""
                  + version
                  + "\" must be 1 to 64 digits, lower-case letters, dots, hyphens and plus signs"));
    }
  }

  private static void digest(String place, String text, List<Problem> problems) {
    if (!SHA256.matcher(text).matches()) {
      problems.add(new Problem(place, "must be a SHA-256, 64 hexadecimal digits"));
    }
  }
}
