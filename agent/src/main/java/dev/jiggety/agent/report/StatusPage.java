package dev.jiggety.agent.report;

import com.samskivert.mustache.Template;
import dev.jiggety.agent.report.StatusView.GroupView;
import dev.jiggety.agent.report.StatusView.MaintenanceView;
import dev.jiggety.agent.report.StatusView.ServiceView;
import dev.jiggety.agent.report.StatusView.TroubleView;
import dev.jiggety.model.rules.report.PublicPicture;
import dev.jiggety.model.rules.report.PublicPicture.Group;
import dev.jiggety.model.rules.report.PublicPicture.State;
import dev.jiggety.model.rules.report.PublicPicture.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files of a status page out of a picture: pure, and the only place that decides what is
 * published. Safe for any thread.
 */
final class StatusPage {
  /** How far back the first page tells of incidents; all others are on a page of their own. */
  private static final Duration RECENT = Duration.ofDays(14);

  /** Measurements of tests that run often are never that old while all is well. */
  private static final Duration OLD = Duration.ofMinutes(10);

  private final SiteOptions options;
  private final Template index = Templates.load("status-index.html");
  private final Template incidents = Templates.load("status-incidents.html");
  private final Template group = Templates.load("status-group.html");

  StatusPage(SiteOptions options) {
    this.options = options;
  }

  /**
   * All files, {@code index.html} last, so that nothing is linked before it is there.
   *
   * @param now when they are made; later than the picture when the hub could not be asked
   */
  List<SiteFile> files(PublicPicture picture, Instant now) {
    List<SiteFile> files = new ArrayList<>();
    boolean several = picture.groups().size() > 1;
    if (several) {
      picture
          .groups()
          .forEach(each ->
              files.add(
                  html(
                      "group-" + each.slug() + ".html",
                      group.execute(groupPage(picture, each, now)))));
    }
    files.add(html("incidents.html", incidents.execute(incidentsPage(picture, now))));
    files.addAll(Feeds.files(picture, options));
    files.add(StatusJson.file(picture, options.title(), stale(picture, now)));
    files.add(html("index.html", index.execute(indexPage(picture, several, now))));
    return files;
  }

  private static SiteFile html(String name, String text) {
    return new SiteFile(name, SiteFile.HTML, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A link at the top. */
  private record Link(String href, String text, boolean current) {}

  /** The incidents that began in a month. */
  private record Month(String month, List<TroubleView> troubles) {}

  /** What all pages have. */
  private record Frame(
      String pageTitle,
      String title,
      String heading,
      String policy,
      String style,
      String icon,
      List<Link> links,
      String asOf,
      String asOfIso,
      String promise,
      @Nullable String stale,
      int days,
      int daysAgo) {}

  private record IndexPage(
      Frame frame,
      String level,
      String headline,
      boolean hasOpen,
      List<TroubleView> open,
      boolean hasMaintenance,
      List<MaintenanceView> maintenance,
      List<GroupView> groups,
      boolean empty,
      boolean hasPast,
      List<TroubleView> past,
      long pastDays) {}

  private record IncidentsPage(
      Frame frame, boolean hasOpen, List<TroubleView> open, List<Month> months, boolean hasAny) {}

  private record GroupPage(
      Frame frame,
      String level,
      String state,
      Bars bars,
      boolean known,
      String availability,
      List<ServiceView> services,
      boolean hasTroubles,
      List<TroubleView> troubles) {}

  private IndexPage indexPage(PublicPicture picture, boolean several, Instant now) {
    List<TroubleView> open = open(picture.incidents(), picture.asOf());
    List<TroubleView> past =
        picture.incidents().stream()
            .filter(trouble -> endedSince(trouble, picture.asOf().minus(RECENT)))
            .map(trouble -> TroubleView.of(trouble, picture.asOf()))
            .toList();
    State worst = picture.state().orElse(State.NO_DATA);
    return new IndexPage(
        frame(picture, "", "index.html", now),
        StatusView.levelOf(worst),
        StatusView.headline(picture),
        !open.isEmpty(),
        open,
        !picture.maintenance().isEmpty(),
        picture.maintenance().stream()
            .map(announced -> MaintenanceView.of(announced, picture.asOf()))
            .toList(),
        picture.groups().stream().map(each -> GroupView.of(each, several, picture.asOf())).toList(),
        picture.groups().isEmpty(),
        !past.isEmpty(),
        past,
        RECENT.toDays());
  }

  private IncidentsPage incidentsPage(PublicPicture picture, Instant now) {
    List<TroubleView> open = open(picture.incidents(), picture.asOf());
    Map<String, List<TroubleView>> months = new LinkedHashMap<>();
    picture.incidents().stream()
        .filter(trouble -> !trouble.isOpen())
        .forEach(trouble ->
            months
                .computeIfAbsent(month(trouble.began()), month -> new ArrayList<>())
                .add(TroubleView.of(trouble, picture.asOf())));
    return new IncidentsPage(
        frame(picture, "Incidents", "incidents.html", now),
        !open.isEmpty(),
        open,
        months.entrySet().stream()
            .map(month -> new Month(month.getKey(), month.getValue()))
            .toList(),
        !picture.incidents().isEmpty());
  }

  private GroupPage groupPage(PublicPicture picture, Group group, Instant now) {
    List<String> slugs = group.services().stream().map(service -> service.slug()).toList();
    List<TroubleView> troubles =
        picture.incidents().stream()
            .filter(trouble -> slugs.contains(trouble.slug()))
            .map(trouble -> TroubleView.of(trouble, picture.asOf()))
            .toList();
    return new GroupPage(
        frame(picture, group.name(), "group-" + group.slug() + ".html", now),
        StatusView.levelOf(group.state()),
        group.state().words(),
        Bars.of(group.days()),
        group.time().availability().isPresent(),
        Words.percent(group.time().availability()),
        group.services().stream().map(service -> ServiceView.of(service, picture.asOf())).toList(),
        !troubles.isEmpty(),
        troubles);
  }

  private Frame frame(PublicPicture picture, String heading, String page, Instant now) {
    return new Frame(
        heading.isEmpty() ? options.title() : heading + " – " + options.title(),
        options.title(),
        heading.isEmpty() ? options.title() : heading,
        Html.POLICY,
        Html.STYLE,
        Html.icon(StatusView.levelOf(picture.state().orElse(State.NO_DATA))),
        List.of(
            new Link("index.html", "Status", page.equals("index.html")),
            new Link("incidents.html", "Incidents", page.equals("incidents.html")),
            new Link("atom.xml", "Atom", false),
            new Link("rss.xml", "RSS", false),
            new Link("status.json", "JSON", false)),
        Words.time(picture.asOf()),
        picture.asOf().toString(),
        promise(),
        stale(picture, now).orElse(null),
        picture.days(),
        picture.days() - 1);
  }

  private String promise() {
    Duration every = options.every();
    if (every.isZero()) {
      return "";
    }
    return "Made anew every "
        + Words.length(every)
        + "; if that time lies more than "
        + Words.length(patience())
        + " back, what stands here is out of date.";
  }

  /** How old a page may be that is made anew all the time. */
  private Duration patience() {
    Duration three = options.every().multipliedBy(3);
    return three.compareTo(Duration.ofMinutes(3)) > 0 ? three : Duration.ofMinutes(3);
  }

  /** Why what stands there is no longer true; empty when it is fresh. */
  private Optional<String> stale(PublicPicture picture, Instant now) {
    Instant measured = picture.measured();
    if (!options.every().isZero()
        && Duration.between(picture.asOf(), now).compareTo(patience()) > 0) {
      return Optional.of(
          "This page is out of date: since "
              + Words.time(picture.asOf())
              + " there has been no news of how the services are.");
    }
    if (picture.groups().isEmpty()) {
      return Optional.empty();
    }
    if (measured == null) {
      return Optional.of("There are no recent measurements: how the services are is not known.");
    }
    return Duration.between(measured, now).compareTo(OLD) > 0
        ? Optional.of("The latest measurements are of " + Words.time(measured) + ".")
        : Optional.empty();
  }

  private static List<TroubleView> open(List<Trouble> troubles, Instant asOf) {
    return troubles.stream()
        .filter(Trouble::isOpen)
        .map(trouble -> TroubleView.of(trouble, asOf))
        .toList();
  }

  private static boolean endedSince(Trouble trouble, Instant since) {
    Instant ended = trouble.ended();
    return ended != null && !ended.isBefore(since);
  }

  private static String month(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate().toString().substring(0, 7);
  }
}
