/* SPDX-License-Identifier: ISC */
/*
 * paperround-helper: what the script paperround needs and a shell cannot do
 * safely or everywhere.  It is no command of its own, so its messages bear the
 * script's name.
 *
 *	paperround-helper lock|await FILE COMMAND [ARGUMENT ..]
 *	paperround-helper finish FROM TO
 *	paperround-helper guess WORD CHOICE ..
 *	paperround-helper url web|mail <FILE
 *	paperround-helper hide <FILE
 *
 * What may be a secret is read: nobody sees it in a command line, and no message
 * repeats it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/guess.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/secret.h"
#include "common/base/xalloc.h"
#include "common/net/http.h"

/*
 * One run at a time, for as long as anything of it works.
 *
 * The command gets the locked file as its descriptor 9 and hands it down to
 * what it starts; the lock ends when the last of them has, also where the
 * command itself was killed.  A signal that is sent to this process is sent on
 * to all of them, and the command is waited for.  PAPERROUND_LOCK tells it its
 * own process number, so that it knows the lock is its own and not that of a
 * run which started it.
 */
#define LOCK_FD 9

static const int forwarded[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
#define FORWARDED (sizeof(forwarded) / sizeof(*forwarded))

/* Whom kill(2) is to tell: 0 is the whole process group. */
static volatile sig_atomic_t told;

/* Only what was meant for this process alone: a terminal tells its whole
 * foreground group by itself, and what we send to the group comes back. */
static void
on_signal(int sig, siginfo_t *info, void *context)
{
	int saved = errno;

	(void)context;
	if (info->si_code <= 0 && info->si_pid != getpid())
		(void)kill(told, sig);
	errno = saved;
}

/* One that is ignored, as by nohup, stays so. */
static void
forward_signals(void)
{
	struct sigaction new, old;

	memset(&new, 0, sizeof(new));
	new.sa_sigaction = on_signal;
	new.sa_flags = SA_SIGINFO | SA_RESTART;
	sigemptyset(&new.sa_mask);
	for (size_t i = 0; i < FORWARDED; i++)
		if (sigaction(forwarded[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			(void)sigaction(forwarded[i], &new, NULL);
}

/*
 * A group of our own, so that a signal can be sent on to all of it and to
 * nobody else.  Who has the terminal has one already, or shares that of a
 * pipeline and stays in it, since the terminal goes by groups, too.
 */
static bool
lead_group(void)
{
	bool foreground = false;
	int tty;

	if (getpgrp() == getpid())
		return true;
	if ((tty = open("/dev/tty", O_RDONLY | O_CLOEXEC)) != -1) {
		foreground = tcgetpgrp(tty) == getpgrp();
		(void)close(tty);
	}
	return !foreground && setpgid(0, 0) == 0;
}

static void
take_lock(const char *file, bool wait)
{
	int fd = open(file, O_RDWR | O_CREAT | O_APPEND, 0666);

	if (fd == -1 || dup2(fd, LOCK_FD) == -1)
		die(EXIT_SOME_FAILED, "%s: %s", file, strerror(errno));
	if (fd != LOCK_FD)
		(void)close(fd);
	if (flock(LOCK_FD, LOCK_EX | LOCK_NB) == 0)
		return;
	if (errno == EWOULDBLOCK) {
		if (!wait)
			die(EXIT_TRY_LATER,
			    "another run is under way; try again later");
		if (isatty(STDERR_FILENO))
			msg_warn("another run is under way; waiting for it");
		if (flock(LOCK_FD, LOCK_EX) == 0)
			return;
	}
	die(EXIT_SOME_FAILED, "%s cannot be locked: %s", file, strerror(errno));
}

_Noreturn static void
become(char *const *command)
{
	char pid[24];

	(void)snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	if (setenv("PAPERROUND_LOCK", pid, 1) == 0)
		(void)execvp(command[0], command);
	msg_error("%s: %s", command[0], strerror(errno));
	_exit(EXIT_SOME_FAILED);
}

/* Returns the exit status of the command, 128 and the signal's number if one
 * ended it, or 75, with a message, if the lock is another's and is not to be
 * waited for. */
static int
lock_run(const char *file, bool wait, char *const *command)
{
	sigset_t all, before;
	bool leads;
	pid_t child;
	int status;

	take_lock(file, wait);
	leads = lead_group();
	/* None may come between the fork and our knowing whom to tell. */
	sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, &before);
	if ((child = fork()) == -1)
		die(EXIT_SOME_FAILED, "cannot start %s: %s", command[0],
		    strerror(errno));
	if (child == 0) {
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
		become(command);
	}
	told = leads ? 0 : child;
	forward_signals();
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	if (waitpid(child, &status, 0) == -1)
		die(EXIT_SOME_FAILED, "%s: %s", command[0], strerror(errno));
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

/* Some file systems know no fsync of folders or files; there is nothing to be
 * had from them. */
static bool
sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (fd == -1)
		return false;
	ok = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
	(void)close(fd);
	return ok;
}

static bool
sync_folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	bool ok = true;
	char *inside;

	if (dir == NULL)
		return false;
	while (ok && (e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		inside = xasprintf("%s/%s", path, e->d_name);
		ok = sync_path(inside);
		free(inside);
	}
	(void)closedir(dir);
	return ok && sync_path(path);
}

/* The folder that path is in. */
static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return xstrdup(".");
	return xmemdup0(path, slash == path ? 1 : (size_t)(slash - path));
}

/*
 * A step that is finished or did not happen, whatever is killed or loses its
 * power meanwhile.
 *
 * Writes from to the disk, with what is in it if it is a folder, then gives it
 * the name to, which nothing but a file may have had.  False, with a message,
 * if that failed: then to is what it was, or new and perhaps not on the disk.
 */
static bool
finish(const char *from, const char *to)
{
	char *folder = folder_of(to);
	struct stat st;
	bool ok;

	ok = stat(from, &st) == 0 &&
	    (S_ISDIR(st.st_mode) ? sync_folder(from) : sync_path(from)) &&
	    rename(from, to) == 0 && sync_path(folder);
	if (!ok)
		msg_error("%s: %s", to, strerror(errno));
	free(folder);
	return ok;
}

static const struct kind {
	const char *name;
	bool (*allowed)(const char *url, const char **why);
	const char *here, *elsewhere; /* what curl is told for each */
} kinds[] = {
    {"web", http_url_allowed, "proto = \"=http,https\"\nnoproxy = \"*\"\n",
	"proto = \"=https\"\n"},
    {"mail", mail_url_allowed, "proto = \"=smtp,smtps\"\nnoproxy = \"*\"\n",
	"proto = \"=smtp,smtps\"\nssl-reqd\n"},
};

static const struct kind *
find_kind(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	die(EXIT_MISUSE, "'%s' is no kind of URL", name);
}

/* To be freed; of several lines the first. */
static char *
read_line(FILE *in)
{
	char *line = NULL;
	size_t cap = 0;

	if (getline(&line, &cap, in) < 0)
		die(EXIT_MISUSE, "no URL on standard input");
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

static void
print_url(const char *url)
{
	fputs("url = \"", stdout);
	for (; *url != '\0'; url++) {
		if (*url == '"' || *url == '\\')
			putchar('\\');
		putchar(*url);
	}
	puts("\"");
}

/*
 * Reads a URL, a line, and prints what curl(1) is to be told to ask it, as lines
 * for its --config: by which protocol, with TLS, and whether a proxy may see
 * it.  What is for this machine goes through none: its TLS ends where it
 * begins.  False, with a message that does not repeat it, if it may not be asked.
 * kind is "web" or "mail"; exits with 2 for another, and without a URL.
 */
static bool
url_settings(const char *name, FILE *in)
{
	const struct kind *kind = find_kind(name);
	char *url = read_line(in);
	const char *why;
	bool ok = kind->allowed(url, &why);

	if (!ok) {
		msg_error("%s", why);
	} else {
		print_url(url);
		fputs(http_url_is_loopback(url) ? kind->here : kind->elsewhere,
		    stdout);
		/* Or it would take braces and brackets for several URLs. */
		puts("globoff");
		ok = fflush(stdout) == 0;
	}
	free(url);
	return ok;
}

/* Prints what ends a message about a word that is none of the choices. */
static int
suggest(const char *word, char *const *choices)
{
	struct guess g = GUESS_INIT(word);

	for (; *choices != NULL; choices++)
		guess_consider(&g, slice_of(*choices));
	return fputs(guess_phrase(&g), stdout) != EOF && fflush(stdout) == 0
	    ? EXIT_OK
	    : EXIT_SOME_FAILED;
}

/* How much is looked at together, and again with what follows, since a key may
 * be said over several lines. */
#define BLOCK ((size_t)64 << 10)
#define AGAIN ((size_t)2 << 10)

/* What is read, as it is but for the keys that stand in the environment. */
static bool
hide(FILE *in)
{
	static char block[BLOCK];
	size_t kept = 0, n;

	secret_learn_environment();
	do {
		n = kept + fread(block + kept, 1, sizeof(block) - kept, in);
		secret_hide(block, n);
		kept = n == sizeof(block) ? AGAIN : 0;
		(void)fwrite(block, 1, n - kept, stdout);
		memmove(block, block + n - kept, kept);
	} while (kept > 0);
	if (fflush(stdout) == 0 && !ferror(stdout) && !ferror(in))
		return true;
	msg_error("%s", strerror(errno));
	return false;
}

int
main(int argc, char *argv[])
{
	msg_init("paperround");
	if (argc >= 4 && strcmp(argv[1], "lock") == 0)
		return lock_run(argv[2], false, argv + 3);
	if (argc >= 4 && strcmp(argv[1], "await") == 0)
		return lock_run(argv[2], true, argv + 3);
	if (argc == 4 && strcmp(argv[1], "finish") == 0)
		return finish(argv[2], argv[3]) ? EXIT_OK : EXIT_SOME_FAILED;
	if (argc >= 4 && strcmp(argv[1], "guess") == 0)
		return suggest(argv[2], argv + 3);
	if (argc == 3 && strcmp(argv[1], "url") == 0)
		return url_settings(argv[2], stdin) ? EXIT_OK
						    : EXIT_SOME_FAILED;
	if (argc == 2 && strcmp(argv[1], "hide") == 0)
		return hide(stdin) ? EXIT_OK : EXIT_SOME_FAILED;
	die(EXIT_MISUSE, "paperround-helper serves paperround alone");
}
