/** How much a finding matters: it prevents scanning, makes it slower, is good to know, or is as it should be. */
export type Severity = 'fail' | 'slow' | 'note' | 'ok';

/** One thing that was looked at. */
export interface Finding {
	/** What was looked at, in a word or two. */
	readonly subject: string;
	readonly severity: Severity;
	/** What was seen. */
	readonly seen: string;
	/** Why it matters. */
	readonly why?: string;
	/** What to do about it. */
	readonly cure?: string;
	/** The command that does it. */
	readonly command?: string;
}
