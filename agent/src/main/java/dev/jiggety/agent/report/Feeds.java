package dev.jiggety.agent.report;

import com.samskivert.mustache.Template;
import dev.jiggety.model.rules.report.PublicPicture;
import dev.jiggety.model.rules.report.PublicPicture.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Incidents as feeds: Atom (RFC 4287), where an entry changes when its incident ends, and RSS 2.0,
 * whose readers do not look at an item again, so that there the end is an item of its own.
 */
final class Feeds {
  private static final int MOST = 100;
  private static final Template ATOM = Templates.load("atom.xml");
  private static final Template RSS = Templates.load("rss.xml");
  private static final DateTimeFormatter RFC_822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Feeds() {}

  private record Feed(
      String title, String base, String feedKey, String updated, List<Entry> entries) {}

  private record Entry(
      String title, String key, String anchor, String published, String updated, String text) {}

  private record Channel(
      String title, String base, int days, String updatedRfc, List<Item> items) {}

  private record Item(String title, String key, String anchor, String dateRfc, String text) {}

  static List<SiteFile> files(PublicPicture picture, SiteOptions options) {
    List<Trouble> troubles =
        picture.incidents().stream()
            .sorted(Comparator.comparing(Feeds::changed).reversed())
            .limit(MOST)
            .toList();
    Instant updated = troubles.stream().map(Feeds::changed).findFirst().orElse(Instant.EPOCH);
    return List.of(
        file("atom.xml", SiteFile.ATOM, ATOM.execute(atom(troubles, updated, options))),
        file(
            "rss.xml",
            SiteFile.RSS,
            RSS.execute(
                new Channel(
                    options.title(),
                    options.base(),
                    picture.days(),
                    RFC_822.format(updated),
                    items(troubles)))));
  }

  private static Feed atom(List<Trouble> troubles, Instant updated, SiteOptions options) {
    String key =
        UUID.nameUUIDFromBytes(
                (options.base() + " " + options.title()).getBytes(StandardCharsets.UTF_8))
            .toString();
    return new Feed(
        options.title(),
        options.base(),
        key,
        updated.toString(),
        troubles.stream()
            .map(trouble ->
                new Entry(
                    title(trouble),
                    trouble.key(),
                    trouble.key(),
                    trouble.began().toString(),
                    changed(trouble).toString(),
                    text(trouble)))
            .toList());
  }

  private static List<Item> items(List<Trouble> troubles) {
    List<Item> items = new ArrayList<>();
    for (Trouble trouble : troubles) {
      Instant ended = trouble.ended();
      if (ended != null) {
        items.add(
            new Item(
                "Over: " + title(trouble),
                trouble.key() + "-over",
                trouble.key(),
                RFC_822.format(ended),
                text(trouble)));
      }
      items.add(
          new Item(
              title(trouble),
              trouble.key(),
              trouble.key(),
              RFC_822.format(trouble.began()),
              "Since " + Words.time(trouble.began()) + "."));
    }
    return items;
  }

  private static Instant changed(Trouble trouble) {
    Instant ended = trouble.ended();
    return ended == null ? trouble.began() : ended;
  }

  private static String title(Trouble trouble) {
    return trouble.service() + ": " + StatusView.TroubleView.words(trouble.state());
  }

  private static String text(Trouble trouble) {
    Instant ended = trouble.ended();
    return ended == null
        ? "Since " + Words.time(trouble.began()) + "."
        : Words.time(trouble.began())
            + " to "
            + Words.time(ended)
            + ", "
            + Words.length(trouble.length(ended))
            + ".";
  }

  private static SiteFile file(String name, String type, String text) {
    return new SiteFile(name, type, text.getBytes(StandardCharsets.UTF_8));
  }
}
