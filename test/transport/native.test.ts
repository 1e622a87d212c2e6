import {useLab} from '../lab/use-lab.ts';
import {labCompliance, prepareLab} from './lab-compliance.ts';

const labTest = useLab(prepareLab);

labCompliance(labTest, 'native over packets', 'on the link');
labCompliance(labTest, 'native over packets', 'behind a router');
labCompliance(labTest, 'native over packets', 'on the link, IPv6');
labCompliance(labTest, 'native over packets', 'behind a router, IPv6');
labCompliance(labTest, 'native over raw IP', 'on the link');
labCompliance(labTest, 'native over raw IP', 'behind a router');
labCompliance(labTest, 'native over raw IP', 'behind a router, IPv6');
labCompliance(labTest, 'native over raw IP', 'through a tunnel');
labCompliance(labTest, 'native over raw IP', 'our own address');
