package dev.jiggety.agent.incident;

import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.Episode.Group;
import dev.jiggety.model.rules.incident.Word;
import dev.jiggety.repository.HubException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts right what was decided before late words were known. Of the thread of the desk. */
final class Corrections {
  private static final System.Logger LOG = System.getLogger(Corrections.class.getName());

  private final Judge judge;
  private final Files files;
  private final Book book;
  private final Rejudging rejudging;
  private final Term term;
  private final LateWords late = new LateWords();

  Corrections(Judge judge, Files files, Book book, Rejudging rejudging, Term term) {
    this.judge = judge;
    this.files = files;
    this.book = book;
    this.rejudging = rejudging;
    this.term = term;
  }

  /** It came too late to be judged with the others. */
  void add(Word word, Instant now) {
    late.add(word, now);
  }

  /**
   * Judges an hour again whose late words have come, with all words on it that the hub has.
   *
   * @param known up to when the others are judged by now: who knows more than they do is taken back
   */
  void look(Instant now, Instant known) {
    late.next(now).ifPresent(hour -> again(hour, known));
  }

  private void again(LateWords.Hour hour, Instant known) {
    List<Rejudging.About> about =
        hour.tests().stream()
            .flatMap(id -> judge.find(id).stream())
            .map(it -> new Rejudging.About(it.test(), it.defined()))
            .toList();
    rejudging.read(
        hour,
        about,
        known,
        read -> {
          try {
            read.incidents().forEach(files::found);
            read.told().forEach(this::correct);
          } catch (HubException e) {
            LOG.log(System.Logger.Level.DEBUG, "an hour is judged again later", e);
            late.putBack(hour, term.now());
          }
        },
        () -> late.putBack(hour, term.now()));
  }

  private void correct(Rejudging.Told told) {
    Instant now = term.now();
    TestDefinition test = told.test();
    List<Episode> episodes = told.judged(judge.around(test, judge.troubles(now), now));
    Scope scope =
        new Scope(
            told.from(),
            told.from(),
            told.from(),
            told.cut(),
            told.decided(),
            _ -> Optional.empty());
    for (Group group : List.of(Group.TEST, Group.DATA)) {
      if (!files.write(book, new Files.Key(group, test.id()), episodes, scope, true, now)) {
        throw new HubException(HubException.Kind.UNAVAILABLE, "somebody else writes " + test.id());
      }
    }
  }
}
