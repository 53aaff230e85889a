package dev.jiggety.agent.report;

import dev.jiggety.model.rules.report.PublicPicture;
import dev.jiggety.model.rules.report.PublicPicture.Announcement;
import dev.jiggety.model.rules.report.PublicPicture.Group;
import dev.jiggety.model.rules.report.PublicPicture.Service;
import dev.jiggety.model.rules.report.PublicPicture.State;
import dev.jiggety.model.rules.report.PublicPicture.Trouble;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What templates of the status page are given: words alone. */
final class StatusView {
  private StatusView() {}

  /** The class of the style that a state has. */
  static String levelOf(State state) {
    return switch (state) {
      case OPERATIONAL -> "up";
      case DEGRADED, CHECKING -> "degraded";
      case DOWN, UNSTABLE -> "down";
      case MAINTENANCE -> "maintenance";
      case NO_DATA -> "unknown";
    };
  }

  /** A service. */
  record ServiceView(
      String name,
      String slug,
      String state,
      String level,
      @Nullable String since,
      @Nullable String sinceIso,
      @Nullable String address,
      int days,
      boolean known,
      String availability,
      boolean hasNotable,
      Bars bars) {
    static ServiceView of(Service service, Instant asOf) {
      Bars bars = Bars.of(service.days());
      Instant since = service.since();
      return new ServiceView(
          service.name(),
          service.slug(),
          service.state().words(),
          levelOf(service.state()),
          since == null ? null : Words.time(since),
          since == null ? null : since.toString(),
          service.address(),
          service.days().size() - 1,
          service.availability().isPresent(),
          Words.percent(service.availability()),
          !bars.notable().isEmpty(),
          bars);
    }
  }

  /** A group. */
  record GroupView(
      String name,
      String slug,
      String state,
      String level,
      boolean linked,
      List<ServiceView> services) {
    static GroupView of(Group group, boolean linked, Instant asOf) {
      return new GroupView(
          group.name(),
          group.slug(),
          group.state().words(),
          levelOf(group.state()),
          linked,
          group.services().stream().map(service -> ServiceView.of(service, asOf)).toList());
    }
  }

  /** An incident. */
  record TroubleView(
      String key,
      String service,
      String words,
      String border,
      boolean open,
      String began,
      String beganIso,
      @Nullable String ended,
      @Nullable String endedIso,
      String length) {
    static TroubleView of(Trouble trouble, Instant asOf) {
      Instant ended = trouble.ended();
      return new TroubleView(
          trouble.key(),
          trouble.service(),
          words(trouble.state()),
          trouble.isOpen() ? levelOf(trouble.state()) : "over",
          trouble.isOpen(),
          Words.time(trouble.began()),
          trouble.began().toString(),
          ended == null ? null : Words.time(ended),
          ended == null ? null : ended.toString(),
          Words.length(trouble.length(asOf)));
    }

    /** What somebody sees of it who knows nothing of tests. */
    static String words(State state) {
      return switch (state) {
        case DOWN -> "outage";
        case UNSTABLE -> "unstable, going up and down";
        default -> "slow";
      };
    }
  }

  /** Maintenance. */
  record MaintenanceView(
      String title,
      boolean underWay,
      String from,
      String fromIso,
      String to,
      String toIso,
      String services) {
    static MaintenanceView of(Announcement announced, Instant asOf) {
      return new MaintenanceView(
          announced.title().isBlank() ? "Maintenance" : announced.title(),
          announced.isUnderWay(asOf),
          Words.time(announced.span().from()),
          announced.span().from().toString(),
          Words.time(announced.span().to()),
          announced.span().to().toString(),
          String.join(", ", announced.services()));
    }
  }

  /** How things stand, in a sentence. */
  static String headline(PublicPicture picture) {
    State worst = picture.state().orElse(State.NO_DATA);
    if (worst == State.OPERATIONAL) {
      return "All services are operational";
    }
    if (worst == State.CHECKING) {
      return "A possible problem is being checked";
    }
    List<Service> affected =
        picture.services().stream().filter(service -> service.state() == worst).toList();
    String who =
        affected.size() == 1
            ? affected.getFirst().name()
            : affected.size() == picture.services().size() ? "All services" : "Some services";
    if (worst == State.NO_DATA) {
      return affected.size() == picture.services().size()
          ? "There is no current data"
          : "There is no current data of " + (affected.size() == 1 ? who : "some services");
    }
    return who + (affected.size() == 1 ? " is " : " are ") + adjective(worst);
  }

  private static String adjective(State state) {
    return switch (state) {
      case DOWN -> "down";
      case UNSTABLE -> "unstable";
      case DEGRADED -> "slow";
      default -> "under maintenance";
    };
  }
}
