import {useLab} from '../lab/use-lab.ts';
import {CLI, NODE} from './halfopen.ts';

const labTest = useLab(async ({scanner}) => {
	scanner.ip(`
		link add idle type veth peer name unused
		address add 10.77.3.9/24 dev direct
		route add 10.80.0.0/16 via 10.77.1.254 metric 50
		route add default via 10.77.1.254 metric 7
		route add fd80::/32 via fd77:1::fe metric 50
		route add ::/0 via fd77:1::fe metric 7
	`);
});

/**
 * Rows by the heading of their table, whatever their order. Nmap has one row too many for an interface with addresses of
 * IPv6 only, which says that it has none of IPv4.
 */
const rowsOf = (text: string): Record<string, readonly string[]> =>
	Object.fromEntries(
		text.split(/^\*+(?=[A-Z])/m).map(part => {
			const [heading, ...lines] = part.split('\n');
			const rows = lines.filter(line => line !== '').map(line => line.replaceAll(/ +/g, ' ').trim());
			const named = rows.filter(row => !row.includes('(none)/0')).map(row => row.split(' ')[0]);
			return [
				heading.replaceAll('*', ''),
				rows.filter(row => !row.includes('(none)/0') || !named.includes(row.split(' ')[0])).toSorted(),
			];
		}),
	);

labTest('--iflist shows the interfaces and routes of both versions of IP that Nmap shows', async (t, lab) => {
	const [ours, theirs] = await Promise.all([
		lab.scanner.run(NODE, [CLI, '--iflist']),
		lab.scanner.run('nmap', ['--iflist']),
	]);
	const {INTERFACES, ROUTES} = rowsOf(ours.stdout);
	const expected = rowsOf(theirs.stdout);
	t.deepEqual(INTERFACES, expected.INTERFACES);
	t.deepEqual(ROUTES, expected.ROUTES);
	t.true(INTERFACES.some(row => row.startsWith('idle (idle) (none)/0 ethernet down')));
	t.true(INTERFACES.some(row => row.includes('fd77:3::1/64')));
	t.true(ROUTES.includes('::/0 router 7 fd77:1::fe'));
	t.true(ROUTES.includes('10.80.0.0/16 router 50 10.77.1.254'));
});
